/* Bytes go in, valid UTF-8 comes out, whatever they were:
 *
 *   byte order mark > NUL pattern > it is UTF-8 > what is declared > detection
 *
 * A declaration is believed when the text that it gives is text. What was encoded
 * twice before it came to us is undone. */
#include "indexer/encoding.h"

#include "common/error.h"
#include "common/limit.h"
#include "common/text.h"
#include "indexer/encoding_label.h"
#include "indexer/encoding_twice.h"

#include <iconv.h>
#include <string.h>
#include <uchardet.h>

/* -------------------------------------------------------------- conversion */

/* Text that grows in an arena; as long as a page may be, and no longer. */
struct output {
    struct arena *arena;
    char *bytes;
    size_t length, room;
    size_t replaced; /* characters that became U+FFFD */
    bool full;
};

static void output_reserve(struct output *out, size_t more)
{
    if (out->length + more < out->room)
        return;
    size_t room = 2 * out->room + more + 64;
    char *larger = arena_bytes(out->arena, room);
    if (out->length)
        memcpy(larger, out->bytes, out->length);
    out->bytes = larger;
    out->room = room;
}

static void output_add(struct output *out, const char *bytes, size_t length)
{
    if (length > LIMIT_PAGE_BYTES - out->length) {
        out->full = true;
        return;
    }
    output_reserve(out, length + 1);
    if (length)
        memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
}

static void output_character(struct output *out, uint32_t character)
{
    char bytes[4];
    out->replaced += character == 0xfffd;
    if (character)
        output_add(out, bytes, text_encode(bytes, character));
}

/* Well-formed stretches are copied, NUL bytes dropped, the rest replaced. */
static void convert_utf8(struct output *out, const char *bytes, size_t size)
{
    output_reserve(out, size < LIMIT_PAGE_BYTES ? size : LIMIT_PAGE_BYTES);
    size_t begin = 0, length;
    for (size_t at = text_ascii(bytes, size); at < size && !out->full;
         at += length + text_ascii(bytes + at + length, size - at - length)) {
        length = 1;
        uint32_t character =
            bytes[at] ? text_decode(bytes + at, size - at, &length) : 0;
        if (character && (character != 0xfffd || length > 1))
            continue;
        output_add(out, bytes + begin, at - begin);
        output_character(out, character);
        begin = at + 1;
    }
    output_add(out, bytes + begin, size - begin);
}

/* What each byte over 0x7f means. Bytes that a Windows code page leaves free are
 * C1 controls, as the WHATWG standard has them. */
static void single_table(uint32_t table[256], iconv_t converter)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        char in = (char)byte, out[8];
        char *from = &in, *to = out;
        size_t in_left = 1, out_left = sizeof out, length;
        table[byte] = byte < 0xa0 ? byte : 0xfffd;
        iconv(converter, NULL, NULL, NULL, NULL);
        if (iconv(converter, &from, &in_left, &to, &out_left) != (size_t)-1 &&
            to > out)
            table[byte] = text_decode(out, (size_t)(to - out), &length);
    }
}

static void convert_single(struct output *out, iconv_t converter, const char *bytes,
                           size_t size)
{
    uint32_t table[256];
    single_table(table, converter);
    for (size_t at = 0; at < size && !out->full; at++)
        output_character(out, table[(unsigned char)bytes[at]]);
}

/* Drops NUL from what iconv wrote. */
static void output_text(struct output *out, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length && !out->full;) {
        const char *nul = memchr(bytes + at, '\0', length - at);
        size_t n = nul ? (size_t)(nul - bytes) - at : length - at;
        output_add(out, bytes + at, n);
        at += n + 1;
    }
}

/* A text that is one fault in eight is not of this encoding. */
static bool is_hopeless(const struct output *out, size_t size)
{
    return out->replaced > 1000 + size / 8;
}

static void convert_many(struct output *out, const struct encoding *encoding,
                         iconv_t converter, const char *bytes, size_t size)
{
    char piece[8192];
    char *from = (char *)bytes; /* iconv does not write to it */
    size_t left = size;
    while (left && !out->full && !is_hopeless(out, size)) {
        char *to = piece;
        size_t room = sizeof piece;
        size_t result = iconv(converter, &from, &left, &to, &room);
        output_text(out, piece, (size_t)(to - piece));
        /* a full piece is no fault; one that stood still is */
        if (result != (size_t)-1 || room < 16)
            continue;
        size_t skip = left < encoding->unit ? left : encoding->unit;
        from += skip;
        left -= skip;
        output_character(out, 0xfffd);
    }
    char *to = piece;
    size_t room = sizeof piece;
    if (iconv(converter, NULL, NULL, &to, &room) != (size_t)-1)
        output_text(out, piece, (size_t)(to - piece));
}

/* False when the machine does not know the encoding, or the text is not of it. */
static bool convert(struct output *out, const struct encoding *encoding,
                    const char *bytes, size_t size)
{
    *out = (struct output){.arena = out->arena};
    if (!encoding->converter) {
        convert_utf8(out, bytes, size);
        return true;
    }
    iconv_t converter = iconv_open("UTF-8", encoding->converter);
    if (converter == (iconv_t)-1)
        return false;
    if (encoding->single)
        convert_single(out, converter, bytes, size);
    else
        convert_many(out, encoding, converter, bytes, size);
    iconv_close(converter);
    return encoding->single || !is_hopeless(out, size);
}

/* ---------------------------------------------------------------- evidence */

/* How the bytes read as UTF-8. */
struct utf8_evidence {
    size_t good;  /* characters of two bytes and more */
    size_t bad;   /* bytes that belong to none */
    bool cut;     /* the last character may be cut off */
    bool nul;     /* there are NUL bytes */
    bool escapes; /* of ISO 2022 */
};

static struct utf8_evidence utf8_look(const char *bytes, size_t size)
{
    struct utf8_evidence seen = {0};
    size_t length;
    seen.escapes = memchr(bytes, 0x1b, size);
    for (size_t at = text_ascii(bytes, size); at < size;
         at += length + text_ascii(bytes + at + length, size - at - length)) {
        length = 1;
        if (!bytes[at]) {
            seen.nul = true;
            continue;
        }
        text_decode(bytes + at, size - at, &length);
        if (length > 1)
            seen.good++;
        else if (size - at < 4)
            seen.cut = true;
        else
            seen.bad++;
    }
    return seen;
}

/* A few broken bytes do not make a text another one. */
static bool is_utf8(const struct utf8_evidence *seen,
                    const struct encoding *declared)
{
    bool said = declared && !declared->converter;
    if (!seen->good)
        return !seen->bad && !seen->cut;
    return seen->good >= (said ? 1 : 8) * seen->bad;
}

struct mark {
    const char *bytes;
    size_t length;
    const char *name;
};

/* UTF-32's mark begins as UTF-16's does, so it is asked for first. */
static const struct mark marks[] = {
    {"\xef\xbb\xbf", 3, "UTF-8"},    {"\xff\xfe\0\0", 4, "UTF-32LE"},
    {"\0\0\xfe\xff", 4, "UTF-32BE"}, {"\xff\xfe", 2, "UTF-16LE"},
    {"\xfe\xff", 2, "UTF-16BE"},
};

static const struct encoding *marked(const char *bytes, size_t size, size_t *skip)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (size >= marks[i].length &&
            !memcmp(bytes, marks[i].bytes, marks[i].length)) {
            *skip = marks[i].length;
            return encoding_named(marks[i].name);
        }
    return NULL;
}

/* Without a mark, markup and spaces betray UTF-16 and UTF-32 by where their NUL
 * bytes are: at least a third of one place in two or four, and none of another. */
static const struct encoding *nul_pattern(const char *bytes, size_t size)
{
    size_t nuls[4] = {0}, length = (size < 4096 ? size : 4096) & ~(size_t)3;
    for (size_t at = 0; at < length; at++)
        nuls[at % 4] += !bytes[at];
    size_t many = length / 12 + 1, few = length / 200;
    bool is[4] = {nuls[0] >= many, nuls[1] >= many, nuls[2] >= many,
                  nuls[3] >= many};
    if (is[1] && is[3] && nuls[0] <= few)
        return encoding_named(is[2]            ? "UTF-32LE"
                              : nuls[2] <= few ? "UTF-16LE"
                                               : "UTF-8");
    if (is[0] && is[2] && nuls[3] <= few)
        return encoding_named(is[1]            ? "UTF-32BE"
                              : nuls[1] <= few ? "UTF-16BE"
                                               : "UTF-8");
    return NULL;
}

/* Characters that a right reading hardly has, and a wrong one has many of. */
static bool is_odd(uint32_t earlier, uint32_t before, uint32_t c)
{
    bool letter = text_is_letter(c), latin = c < 0x250;
    bool ascii_letter = before < 0x80 && text_is_letter(before);
    /* whole words beyond ASCII: "Ìîñêâà", "¤³¤ì" */
    if (latin && before >= 0xa1 && before < 0x250 && earlier >= 0xa1 &&
        earlier < 0x250)
        return true;
    /* two alphabets in one word: "fьr" */
    if (!latin && letter && c < 0x2000 && ascii_letter)
        return true;
    /* capitals inside words: "мНБНЯРХ" */
    if (before >= 0x80 && text_is_letter(before) && !text_is_upper(before) &&
        text_is_upper(c))
        return true;
    /* signs inside words: "dzia³a" */
    if (c >= 0xa1 && c < 0xc0 && c != 0xab && c != 0xb7 && c != 0xbb && c != 0xa7 &&
        ascii_letter && c != 0xae && c != 0xa9 && c != 0xba && c != 0xaa &&
        c != 0xb0)
        return true;
    /* what only Icelandic has, and Turkish read as Latin-1 */
    if (c == 0xfd || c == 0xfe || c == 0xf0 || c == 0xdd || c == 0xde || c == 0xd0)
        return true;
    /* the lead bytes of Shift_JIS and the like */
    return (c >= 0x80 && c < 0xa0) || c == 0x201a || c == 0x192 || c == 0x2020 ||
           c == 0x2021 || c == 0x2c6 || c == 0x2030;
}

enum { LOOK_BYTES = 1 << 16, FEW = 5 };

/* Odd characters among a hundred that are odd or letters beyond ASCII; 0 where
 * there are too few. */
static size_t oddness(const struct output *out)
{
    size_t high = 0, odd = 0, size;
    uint32_t before = 0, earlier = 0;
    size_t length = text_boundary(out->bytes, out->length, LOOK_BYTES);
    for (size_t at = 0; at < length; at += size) {
        uint32_t c = text_decode(out->bytes + at, length - at, &size);
        bool is = c >= 0x80 && is_odd(earlier, before, c);
        odd += is;
        high += is || (c >= 0x80 && text_is_letter(c));
        earlier = before;
        before = c;
    }
    return high < FEW ? 0 : 100 * odd / high;
}

/* ---------------------------------------------------------------- detection */

enum { DETECT_BYTES = 1 << 20 };

/* Feeds the detector the text between the tags, which is what it knows. */
static void detector_feed(uchardet_t detector, const char *bytes, size_t size)
{
    if (size > DETECT_BYTES)
        size = DETECT_BYTES;
    for (size_t at = 0; at < size;) {
        const char *tag = memchr(bytes + at, '<', size - at);
        size_t n = tag ? (size_t)(tag - bytes) - at : size - at;
        if (n && uchardet_handle_data(detector, bytes + at, n))
            return;
        at += n;
        const char *close = at < size ? memchr(bytes + at, '>', size - at) : NULL;
        at = close ? (size_t)(close - bytes) + 1 : at + 1;
        if (tag && !close)
            return;
    }
}

static bool has_few(const char *bytes, size_t size)
{
    size_t high = 0;
    for (size_t at = 0; at < size && high < FEW; at++)
        high += (unsigned char)bytes[at] >= 0x80;
    return high < FEW;
}

/* NULL where nothing can be told: from a few accents any code page would do. */
static const struct encoding *detect(const char *bytes, size_t size)
{
    uchardet_t detector = uchardet_new();
    if (!detector)
        return NULL;
    detector_feed(detector, bytes, size);
    uchardet_data_end(detector);
    const char *name = uchardet_get_charset(detector);
    const struct encoding *found = encoding_labelled(name, strlen(name));
    uchardet_delete(detector);
    return found && found->single && has_few(bytes, size) ? NULL : found;
}

/* ------------------------------------------------------------------ choosing */

enum { ODD = 20, REPLACED_IN = 500 };

static bool is_text(const struct output *out)
{
    return out->full ||
           (out->replaced * REPLACED_IN <= out->length && oddness(out) < ODD);
}

/* Fewer characters without meaning, then fewer odd ones. */
static bool is_better(const struct output *a, const struct output *b)
{
    if ((a->replaced * REPLACED_IN > a->length) !=
        (b->replaced * REPLACED_IN > b->length))
        return a->replaced < b->replaced;
    return oddness(a) < oddness(b);
}

/* The declared encoding, if the text it gives is text; else the detected one, if
 * that is better; else windows-1252, which reads anything. */
static const struct encoding *convert_told(struct output *out, const char *bytes,
                                           size_t size,
                                           const struct encoding *declared)
{
    bool read = declared && convert(out, declared, bytes, size);
    if (read && is_text(out))
        return declared;
    const struct encoding *found = detect(bytes, size);
    struct output second = {.arena = out->arena};
    if (found && found != declared && convert(&second, found, bytes, size) &&
        (!read || is_better(&second, out))) {
        *out = second;
        return found;
    }
    if (read)
        return declared;
    found = encoding_named("windows-1252");
    convert(out, found, bytes, size);
    return found;
}

static const struct encoding *convert_any(struct output *out, const char *bytes,
                                          size_t size, const char *label)
{
    size_t skip = 0;
    const struct encoding *encoding = marked(bytes, size, &skip);
    if (!encoding)
        encoding = nul_pattern(bytes, size);
    if (encoding && convert(out, encoding, bytes + skip, size - skip))
        return encoding;
    const struct encoding *declared =
        label ? encoding_labelled(label, strlen(label)) : NULL;
    if (!declared)
        declared = encoding_declared(bytes, size);
    struct utf8_evidence seen = utf8_look(bytes, size);
    if (!(seen.escapes && !seen.good) && is_utf8(&seen, declared)) {
        encoding = encoding_named("UTF-8");
        if (seen.bad || seen.cut || seen.nul)
            convert(out, encoding, bytes, size);
        else
            output_add(out, bytes, size); /* there is nothing to convert */
        return encoding;
    }
    if (declared && !declared->converter)
        declared = NULL; /* it said UTF-8 and is not */
    return convert_told(out, bytes, size, declared);
}

dateline_status encoding_convert(char **out, size_t *length, const char **used,
                                 struct arena *arena, const char *bytes,
                                 size_t size, const char *declared,
                                 dateline_error *error)
{
    struct output text = {.arena = arena};
    const struct encoding *encoding = convert_any(&text, bytes, size, declared);
    if (text.full)
        return error_set(error, DATELINE_LIMIT, "larger than %u bytes as UTF-8",
                         (unsigned)LIMIT_PAGE_BYTES);
    output_reserve(&text, 1);
    text.length = encoding_undo_twice(text.bytes, text.length);
    text.bytes[text.length] = '\0';
    *out = text.bytes;
    *length = text.length;
    *used = encoding->name;
    return DATELINE_OK;
}
