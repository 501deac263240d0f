/* Bytes go in, valid UTF-8 comes out, whatever they were:
 *
 *   byte order mark > NUL pattern > it is UTF-8 > what is declared > detection
 *
 * A declaration is believed when the text that it gives is text. */
#include "indexer/encoding.h"

#include "common/error.h"
#include "common/limit.h"
#include "common/text.h"

#include <iconv.h>
#include <string.h>
#include <uchardet.h>

/* ----------------------------------------------------------------- labels */

/* An encoding, the name iconv has for it, and its labels as the WHATWG Encoding
 * standard lists them (so "latin1" is windows-1252 and "gb2312" is gb18030);
 * behind the line, what detection says. unit: bytes to skip after a fault. */
struct encoding {
    const char *name, *converter;
    unsigned unit;
    bool single; /* one byte a character */
    const char *labels;
};

static const struct encoding encodings[] = {
    {"UTF-8", NULL, 1, false,
     "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 "
     /* a page whose label could be read is no UTF-16 */
     "utf-16 utf-16le utf-16be ucs-2 unicode unicodefeff csunicode "
     "iso-10646-ucs-2 unicodefffe utf-32 utf-32le utf-32be"},
    {"windows-1252", "CP1252", 1, true,
     "windows-1252 cp1252 x-cp1252 ansi_x3.4-1968 ascii us-ascii cp819 csisolatin1 "
     "ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 "
     "l1 latin1 iso_8859_1 8859_1 latin-1 ansi"},
    {"windows-1250", "CP1250", 1, true, "windows-1250 cp1250 x-cp1250"},
    {"windows-1251", "CP1251", 1, true, "windows-1251 cp1251 x-cp1251 win-1251 win1251"},
    {"windows-1253", "CP1253", 1, true, "windows-1253 cp1253 x-cp1253"},
    {"windows-1254", "CP1254", 1, true,
     "windows-1254 cp1254 x-cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 "
     "iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5"},
    {"windows-1255", "CP1255", 1, false, "windows-1255 cp1255 x-cp1255"},
    {"windows-1256", "CP1256", 1, true, "windows-1256 cp1256 x-cp1256"},
    {"windows-1257", "CP1257", 1, true, "windows-1257 cp1257 x-cp1257"},
    {"windows-1258", "CP1258", 1, false, "windows-1258 cp1258 x-cp1258"},
    {"windows-874", "CP874", 1, true,
     "windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 cp874"},
    {"ISO-8859-2", "ISO-8859-2", 1, true,
     "iso-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 "
     "iso_8859-2:1987 l2 latin2"},
    {"ISO-8859-3", "ISO-8859-3", 1, true,
     "iso-8859-3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 "
     "iso_8859-3:1988 l3 latin3"},
    {"ISO-8859-4", "ISO-8859-4", 1, true,
     "iso-8859-4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 "
     "iso_8859-4:1988 l4 latin4"},
    {"ISO-8859-5", "ISO-8859-5", 1, true,
     "iso-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 "
     "iso_8859-5 iso_8859-5:1988"},
    {"ISO-8859-6", "ISO-8859-6", 1, true,
     "iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 "
     "iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 "
     "iso_8859-6:1987"},
    {"ISO-8859-7", "ISO-8859-7", 1, true,
     "iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 "
     "iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek"},
    {"ISO-8859-8", "ISO-8859-8", 1, true,
     "iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 "
     "iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual csiso88598i "
     "iso-8859-8-i logical"},
    {"ISO-8859-10", "ISO-8859-10", 1, true,
     "iso-8859-10 csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    {"ISO-8859-13", "ISO-8859-13", 1, true, "iso-8859-13 iso8859-13 iso885913"},
    {"ISO-8859-14", "ISO-8859-14", 1, true, "iso-8859-14 iso8859-14 iso885914"},
    {"ISO-8859-15", "ISO-8859-15", 1, true,
     "iso-8859-15 csisolatin9 iso8859-15 iso885915 iso_8859-15 l9 latin9"},
    {"ISO-8859-16", "ISO-8859-16", 1, true, "iso-8859-16"},
    {"KOI8-R", "KOI8-R", 1, true, "koi8-r cskoi8r koi koi8 koi8_r"},
    {"KOI8-U", "KOI8-U", 1, true, "koi8-u koi8-ru"},
    {"IBM866", "CP866", 1, true, "ibm866 866 cp866 csibm866"},
    {"IBM855", "CP855", 1, true, "ibm855 cp855"},
    {"macintosh", "MACINTOSH", 1, true, "macintosh csmacintosh mac x-mac-roman"},
    {"x-mac-cyrillic", "MAC-CYRILLIC", 1, true,
     "x-mac-cyrillic x-mac-ukrainian mac-cyrillic"},
    {"gb18030", "GB18030", 1, false,
     "gb18030 gbk gb2312 chinese csgb2312 csiso58gb231280 gb_2312 gb_2312-80 "
     "iso-ir-58 x-gbk cp936 hz-gb-2312"},
    {"Big5", "BIG5-HKSCS", 1, false,
     "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950"},
    {"EUC-JP", "EUC-JP-MS", 1, false,
     "euc-jp cseucpkdfmtjapanese x-euc-jp"},
    {"ISO-2022-JP", "ISO-2022-JP-3", 1, false, "iso-2022-jp csiso2022jp"},
    {"Shift_JIS", "CP932", 1, false,
     "shift_jis csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis cp932"},
    {"EUC-KR", "UHC", 1, false,
     "euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 "
     "ksc5601 ksc_5601 windows-949 cp949 uhc ks_c_5601"},
    {"ISO-2022-KR", "ISO-2022-KR", 1, false, "iso-2022-kr csiso2022kr"},
    {"EUC-TW", "EUC-TW", 1, false, "euc-tw"},
    {"VISCII", "VISCII", 1, true, "viscii"},
    {"UTF-16LE", "UTF-16LE", 2, false, ""},
    {"UTF-16BE", "UTF-16BE", 2, false, ""},
    {"UTF-32LE", "UTF-32LE", 4, false, ""},
    {"UTF-32BE", "UTF-32BE", 4, false, ""},
};

enum { ENCODINGS = sizeof encodings / sizeof *encodings, LABEL_BYTES = 32 };

static const struct encoding *encoding_named(const char *name)
{
    for (int i = 0; i < ENCODINGS; i++)
        if (!strcmp(encodings[i].name, name))
            return &encodings[i];
    return NULL;
}

/* A label as found, white space around it and any case; NULL: unknown. */
static const struct encoding *encoding_labelled(const char *label, size_t length)
{
    char low[LABEL_BYTES];
    while (length && text_is_space((unsigned char)*label))
        label++, length--;
    while (length && text_is_space((unsigned char)label[length - 1]))
        length--;
    if (!length || length >= sizeof low)
        return NULL;
    for (size_t i = 0; i < length; i++)
        low[i] = label[i] >= 'A' && label[i] <= 'Z' ? (char)(label[i] + 32) : label[i];
    for (int i = 0; i < ENCODINGS; i++)
        for (const char *at = encodings[i].labels; *at;) {
            size_t n = strcspn(at, " ");
            if (n == length && !memcmp(at, low, n))
                return &encodings[i];
            at += n + (at[n] == ' ');
        }
    return NULL;
}

/* ------------------------------------------------------------ declarations */

enum { PRESCAN_BYTES = 4096, TAG_BYTES = 1024 };

/* The value behind "charset" or "encoding", quoted or not. */
static const struct encoding *value_labelled(const char *at, const char *end)
{
    while (at < end && text_is_space((unsigned char)*at))
        at++;
    if (at == end || *at++ != '=')
        return NULL;
    while (at < end && (text_is_space((unsigned char)*at) || *at == '"' || *at == '\''))
        at++;
    const char *stop = at;
    while (stop < end && !strchr("\"'; \t\r\n>/?", *stop) && *stop)
        stop++;
    return encoding_labelled(at, (size_t)(stop - at));
}

/* Does `at` stand within a quoted value of the tag? */
static bool is_quoted(const char *tag, const char *at)
{
    char quote = '\0';
    for (; tag < at; tag++)
        if (quote ? *tag == quote : *tag == '"' || *tag == '\'')
            quote = quote ? '\0' : *tag;
    return quote;
}

/* <meta charset="..."> or <meta http-equiv=... content="...; charset=...">. */
static const struct encoding *meta_encoding(const char *tag, size_t length)
{
    bool equivalent = text_find_ascii(tag, length, "http-equiv");
    const char *end = tag + length, *at = tag;
    while ((at = text_find_ascii(at, (size_t)(end - at), "charset"))) {
        bool attribute = strchr(" \t\r\n\"'/", at[-1]) && !is_quoted(tag, at);
        at += strlen("charset");
        const struct encoding *found =
            equivalent || attribute ? value_labelled(at, end) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static size_t tag_length(const char *tag, size_t length)
{
    if (length > TAG_BYTES)
        length = TAG_BYTES;
    const char *close = memchr(tag, '>', length);
    return close ? (size_t)(close - tag) : length;
}

/* What the first KiB of the page say: XML prolog, or the first <meta> with a
 * label that we know; comments are passed over. */
static const struct encoding *prescan(const char *bytes, size_t size)
{
    size_t length = size < PRESCAN_BYTES ? size : PRESCAN_BYTES;
    for (size_t at = 0; at < length; at++) {
        const char *tag = bytes + at;
        size_t left = length - at;
        if (*tag != '<')
            continue;
        if (left > 4 && !memcmp(tag, "<!--", 4)) {
            const char *close = memmem(tag, left, "-->", 3);
            at = close ? (size_t)(close - bytes) + 2 : length;
            continue;
        }
        left = tag_length(tag, left);
        bool prolog = left > 5 && !memcmp(tag, "<?xml", 5);
        bool meta = left > 5 && text_find_ascii(tag, 5, "<meta");
        const struct encoding *found = NULL;
        const char *name = prolog ? text_find_ascii(tag, left, "encoding") : NULL;
        if (name)
            found = value_labelled(name + strlen("encoding"), tag + left);
        else if (meta)
            found = meta_encoding(tag, left);
        if (found)
            return found;
    }
    return NULL;
}

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
    char *larger = arena_alloc(out->arena, room);
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
    for (size_t at = 0; at < size && !out->full; at += length) {
        length = 1;
        if ((unsigned char)bytes[at] - 1u < 0x7f)
            continue;
        uint32_t character = bytes[at] ? text_decode(bytes + at, size - at, &length) : 0;
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
        if (iconv(converter, &from, &in_left, &to, &out_left) != (size_t)-1 && to > out)
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
    size_t good; /* characters of two bytes and more */
    size_t bad;  /* bytes that belong to none */
    bool cut;    /* the last character may be cut off */
    bool escapes; /* of ISO 2022 */
};

static struct utf8_evidence utf8_look(const char *bytes, size_t size)
{
    struct utf8_evidence seen = {0};
    size_t length;
    for (size_t at = 0; at < size; at += length) {
        length = 1;
        unsigned char byte = (unsigned char)bytes[at];
        seen.escapes |= byte == 0x1b;
        if (byte < 0x80)
            continue;
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
static bool is_utf8(const struct utf8_evidence *seen, const struct encoding *declared)
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
    {"\xef\xbb\xbf", 3, "UTF-8"},          {"\xff\xfe\0\0", 4, "UTF-32LE"},
    {"\0\0\xfe\xff", 4, "UTF-32BE"},       {"\xff\xfe", 2, "UTF-16LE"},
    {"\xfe\xff", 2, "UTF-16BE"},
};

static const struct encoding *marked(const char *bytes, size_t size, size_t *skip)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (size >= marks[i].length && !memcmp(bytes, marks[i].bytes, marks[i].length)) {
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
    bool is[4] = {nuls[0] >= many, nuls[1] >= many, nuls[2] >= many, nuls[3] >= many};
    if (is[1] && is[3] && nuls[0] <= few)
        return encoding_named(is[2] ? "UTF-32LE" : nuls[2] <= few ? "UTF-16LE" : "UTF-8");
    if (is[0] && is[2] && nuls[3] <= few)
        return encoding_named(is[1] ? "UTF-32BE" : nuls[1] <= few ? "UTF-16BE" : "UTF-8");
    return NULL;
}

/* Characters that a right reading hardly has, and a wrong one has many of. */
static bool is_odd(uint32_t earlier, uint32_t before, uint32_t c)
{
    bool letter = text_is_letter(c), latin = c < 0x250;
    bool ascii_letter = before < 0x80 && text_is_letter(before);
    /* whole words beyond ASCII: "Ìîñêâà", "¤³¤ì" */
    if (latin && before >= 0xa1 && before < 0x250 && earlier >= 0xa1 && earlier < 0x250)
        return true;
    /* two alphabets in one word: "fьr" */
    if (!latin && letter && c < 0x2000 && ascii_letter)
        return true;
    /* capitals inside words: "мНБНЯРХ" */
    if (before >= 0x80 && text_is_letter(before) && !text_is_upper(before) && text_is_upper(c))
        return true;
    /* signs inside words: "dzia³a" */
    if (c >= 0xa1 && c < 0xc0 && c != 0xab && c != 0xb7 && c != 0xbb && c != 0xa7 &&
        ascii_letter && c != 0xae && c != 0xa9 && c != 0xba && c != 0xaa && c != 0xb0)
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
    return out->full || (out->replaced * REPLACED_IN <= out->length && oddness(out) < ODD);
}

/* Fewer characters without meaning, then fewer odd ones. */
static bool is_better(const struct output *a, const struct output *b)
{
    if ((a->replaced * REPLACED_IN > a->length) != (b->replaced * REPLACED_IN > b->length))
        return a->replaced < b->replaced;
    return oddness(a) < oddness(b);
}

/* The declared encoding, if the text it gives is text; else the detected one, if
 * that is better; else windows-1252, which reads anything. */
static const struct encoding *convert_told(struct output *out, const char *bytes,
                                           size_t size, const struct encoding *declared)
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
    const struct encoding *declared = label ? encoding_labelled(label, strlen(label)) : NULL;
    if (!declared)
        declared = prescan(bytes, size);
    struct utf8_evidence seen = utf8_look(bytes, size);
    if (!(seen.escapes && !seen.good) && is_utf8(&seen, declared)) {
        encoding = encoding_named("UTF-8");
        convert(out, encoding, bytes, size);
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
    text.bytes[text.length] = '\0';
    *out = text.bytes;
    *length = text.length;
    *used = encoding->name;
    return DATELINE_OK;
}
