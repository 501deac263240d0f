# What gcov says of each file of ours, one line a file, and the whole.
/^File '/ { file = $0; gsub(/^File '|'$/, "", file); next }
/^Lines executed:/ && file ~ /^(\.\/)?(common|indexer|query)\// {
    sub(/^\.\//, "", file)
    split($0, part, /[:% ]+/)
    lines = part[5]
    hit = part[3] / 100 * lines
    if (!(file in most) || hit > most[file]) { most[file] = hit; all[file] = lines }
    file = ""
}
END {
    for (file in most) {
        printf "%6.1f %%  %5d lines  %s\n", 100 * most[file] / all[file], \
            all[file], file | "sort -k4"
        hits += most[file]
        total += all[file]
    }
    close("sort -k4")
    if (total)
        printf "%6.1f %%  %5d lines  in all\n", 100 * hits / total, total
}
