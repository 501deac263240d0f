/* Name lists -> build/names.inc: build FOLDER ISO_CODES LOCALES
 *
 * FOLDER holds our lists (*.txt), ISO_CODES the JSON of iso-codes, LOCALES its
 * translations. Every name is cut into the words of common/text.h and written as
 * one row of a hash table, bucket by bucket, for indexer/gazetteer.c. A row says
 * all that a name is; the words that begin a longer name have rows too. */
#include "common/arena.h"
#include "common/hash.h"
#include "common/json.h"
#include "common/language.h"
#include "common/text.h"
#include "indexer/name.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_NAMES = 1 << 17, MOST_WORDS = 12 };

/* While building: open addressing by key. */
static struct name table[MOST_NAMES];
static size_t name_count;
static struct arena arena;

static struct name *name_row(const char *key)
{
    size_t at = hash_32(HASH_32, key, strlen(key)) % MOST_NAMES;
    while (table[at].key && strcmp(table[at].key, key))
        at = (at + 1) % MOST_NAMES;
    if (!table[at].key) {
        if (++name_count > MOST_NAMES / 2)
            exit((fputs("names: too many; raise MOST_NAMES\n", stderr), 2));
        table[at].key = arena_string(&arena, key);
        table[at].kinds = NAME_UPPER;
    }
    return &table[at];
}

/* A word of a script without capitals that is also a stop word: "کرد" is a Kurd,
 * and far more often "did". */
static bool is_common_word(const char *text, const struct text_word *word)
{
    size_t size, count;
    uint32_t c = text_decode(text + word->start, word->end - word->start, &size);
    const struct language *languages = language_all(&count);
    bool found = false;
    for (size_t i = 0; i < count && c >= 0x590; i++)
        found |= language_is_stop_word(&languages[i], word->term);
    return found;
}

/* Adds a name as it is written; code may be "". */
static void name_add(const char *text, size_t length, unsigned kinds,
                     const char *code)
{
    struct text_word word, next;
    struct buffer key = {0};
    size_t words = 0;
    bool upper = true, lower = false;
    for (size_t at = 0; text_word(&next, text, length, &at); words++) {
        word = next;
        if (words == MOST_WORDS)
            break;
        if (words) {
            struct name *row = name_row(key.bytes);
            row->kinds |= NAME_MORE;
            buffer_byte(&key, ' ');
        } else {
            size_t size;
            lower = !word.capital && text_is_letter(text_decode(
                        text + word.start, length - word.start, &size));
        }
        upper &= word.upper;
        buffer_add(&key, word.term, word.length);
    }
    if (words && !(words == 1 && is_common_word(text, &word))) {
        struct name *row = name_row(key.bytes);
        row->kinds |= kinds | (lower ? NAME_LOWER : 0);
        if (!upper && kinds != NAME_NOT)
            row->kinds &= ~(unsigned)NAME_UPPER;
        if (*code && !*row->code)
            memcpy(row->code, code, 2);
    }
    buffer_free(&key);
}

static void file_read(struct buffer *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    char piece[65536];
    if (!file)
        exit((fprintf(stderr, "names: %s: %s\n", path, strerror(errno)), 2));
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        buffer_add(out, piece, n);
    buffer_add(out, "", 0);
    fclose(file);
}

/* ---------------------------------------------------------------- our lists */

static const struct {
    const char *file;
    unsigned kinds;
} lists[] = {
    {"places.txt", NAME_PLACE},         {"nationalities.txt", NAME_NORP},
    {"organisations.txt", NAME_ORG},    {"first_names.txt", NAME_GIVEN},
    {"titles.txt", NAME_TITLE},         {"person_particles.txt", NAME_PARTICLE},
    {"not_names.txt", NAME_NOT},        {"org_words.txt", 0},
};

/* The second column: a country's code, or where an organisation's word stands. */
static unsigned column_kinds(const char *column)
{
    return !strcmp(column, "prefix")   ? NAME_PREFIX
           : !strcmp(column, "suffix") ? NAME_SUFFIX
           : !strcmp(column, "any")    ? NAME_ANY : 0;
}

static void list_read(const char *folder, const char *name, unsigned kinds)
{
    struct buffer path = {0}, file = {0};
    buffer_format(&path, "%s/%s", folder, name);
    file_read(&file, path.bytes);
    char *rest = file.bytes;
    for (char *line; (line = strsep(&rest, "\n"));) {
        char *column = strchr(line, '\t');
        if (*line == '#' || !*line)
            continue;
        if (column)
            *column++ = '\0';
        const char *code = column && strlen(column) == 2 ? column : "";
        name_add(line, strlen(line), kinds | column_kinds(column ? column : ""),
                 code);
    }
    buffer_free(&path);
    buffer_free(&file);
}

/* ---------------------------------------------------------------- iso-codes */

/* "Bolivia, Plurinational State of" and "Lugo [Lugo]" are known by what stands
 * before; what stands there in round brackets is a remark. */
static void iso_name_add(const char *text, unsigned kinds, const char *code)
{
    size_t length = strcspn(text, ",[(;");
    while (length && text[length - 1] == ' ')
        length--;
    if (length > 2)
        name_add(text, length, kinds, code);
}

static const struct json *iso_read(const char *folder, const char *name)
{
    struct buffer path = {0}, file = {0};
    const struct json *root;
    dateline_error error = {0};
    buffer_format(&path, "%s/iso_%s.json", folder, name);
    file_read(&file, path.bytes);
    if (json_read(&root, &arena, file.bytes, file.length, 8, false, &error))
        exit((fprintf(stderr, "names: %s: %s\n", path.bytes, error.message), 2));
    const struct json *list = json_member(root, name);
    buffer_free(&path);
    buffer_free(&file);
    return list;
}

static void countries_read(const char *folder)
{
    static const char *const keys[] = {"name", "common_name", "official_name"};
    const struct json *list = iso_read(folder, "3166-1");
    for (const struct json *row = list->child; row; row = row->next)
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            const char *name = json_text(row, keys[i]);
            if (name)
                iso_name_add(name, NAME_PLACE, json_text(row, "alpha_2"));
        }
}

/* Regions only by names of four letters and more: "Gao", "Sud" are words. */
static void regions_read(const char *folder)
{
    const struct json *list = iso_read(folder, "3166-2");
    for (const struct json *row = list->child; row; row = row->next) {
        const char *name = json_text(row, "name"), *code = json_text(row, "code");
        if (name && code && strlen(name) > 4) {
            char country[3] = {code[0], code[1], '\0'};
            iso_name_add(name, NAME_REGION, country);
        }
    }
}

/* Languages that have a code of two letters; all currencies. */
static void words_read(const char *folder)
{
    const struct json *list = iso_read(folder, "639-3");
    for (const struct json *row = list->child; row; row = row->next)
        if (json_text(row, "alpha_2"))
            iso_name_add(json_text(row, "name"), NAME_LANGUAGE, "");
    list = iso_read(folder, "4217");
    for (const struct json *row = list->child; row; row = row->next)
        if (json_text(row, "name"))
            iso_name_add(json_text(row, "name"), NAME_CURRENCY, "");
}

static uint32_t number_at(const struct buffer *file, size_t at)
{
    uint32_t number = 0;
    if (at + 4 <= file->length)
        memcpy(&number, file->bytes + at, 4);
    return number;
}

/* The string at index i of one of the two tables of a GNU .mo file of this
 * machine's byte order. */
static const char *catalogue_text(const struct buffer *file, size_t table_at,
                                  size_t i)
{
    size_t length = number_at(file, table_at + 8 * i);
    size_t at = number_at(file, table_at + 8 * i + 4);
    return at + length < file->length ? file->bytes + at : "";
}

/* Country names in another language, where iso-codes is installed with its
 * translations; their code is that of the English name. */
static void translations_read(const char *locales, const char *language)
{
    struct buffer path = {0}, file = {0};
    buffer_format(&path, "%s/%s/LC_MESSAGES/iso_3166-1.mo", locales, language);
    FILE *there = fopen(path.bytes, "rb");
    if (there) {
        fclose(there);
        file_read(&file, path.bytes);
        size_t count = number_at(&file, 8);
        for (size_t i = 0; number_at(&file, 0) == 0x950412de && i < count; i++) {
            const char *from = catalogue_text(&file, number_at(&file, 12), i);
            const char *to = catalogue_text(&file, number_at(&file, 16), i);
            if (*from && *to)
                iso_name_add(to, NAME_PLACE, "");
        }
    }
    buffer_free(&path);
    buffer_free(&file);
}

/* ------------------------------------------------------------------ writing */

static size_t bucket_of(const struct name *name, size_t buckets)
{
    return hash_32(HASH_32, name->key, strlen(name->key)) & (buckets - 1);
}

static size_t buckets_wanted;

static int name_compare(const void *left, const void *right)
{
    const struct name *a = left, *b = right;
    size_t i = bucket_of(a, buckets_wanted), j = bucket_of(b, buckets_wanted);
    return i != j ? (i > j) - (i < j) : strcmp(a->key, b->key);
}

static void key_write(const char *key)
{
    putchar('"');
    for (; *key; key++)
        if (*key == '"' || *key == '\\' || (unsigned char)*key < ' ')
            printf("\\%03o", (unsigned char)*key);
        else
            putchar(*key);
    putchar('"');
}

static void table_write(void)
{
    static struct name rows[MOST_NAMES];
    size_t count = 0;
    for (size_t i = 0; i < MOST_NAMES; i++)
        if (table[i].key)
            rows[count++] = table[i];
    for (buckets_wanted = 1; buckets_wanted < count; buckets_wanted *= 2)
        ;
    qsort(rows, count, sizeof *rows, name_compare);
    printf("/* Written by corpus/names/build.c. */\n");
    printf("enum { NAME_BUCKETS = %zu };\n", buckets_wanted);
    printf("static const struct name names[] = {\n");
    for (size_t i = 0; i < count; i++) {
        printf("{");
        key_write(rows[i].key);
        printf(",%uu,%u,\"%s\"},\n",
               hash_32(HASH_32, rows[i].key, strlen(rows[i].key)),
               rows[i].kinds, rows[i].code);
    }
    printf("};\nstatic const uint32_t name_buckets[] = {\n");
    for (size_t bucket = 0, i = 0; bucket <= buckets_wanted; bucket++) {
        while (i < count && bucket_of(&rows[i], buckets_wanted) < bucket)
            i++;
        printf("%zu,%s", i, bucket % 16 ? "" : "\n");
    }
    printf("};\n");
}

int main(int argc, char **argv)
{
    static const char *const languages[] = {
        "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs",
        "hu", "ro", "tr", "ru", "uk", "el", "ar", "fa", "he", "id", "vi"};
    if (argc != 4)
        return fputs("usage: build FOLDER ISO_CODES LOCALES\n", stderr), 2;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        list_read(argv[1], lists[i].file, lists[i].kinds);
    countries_read(argv[2]);
    regions_read(argv[2]);
    words_read(argv[2]);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        translations_read(argv[3], languages[i]);
    table_write();
    arena_release(&arena);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
