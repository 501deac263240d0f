/* A label or the head of a page goes in, the encoding that it names comes out. */
#include "indexer/encoding_label.h"

#include "common/ascii.h"

#include <string.h>

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

const struct encoding *encoding_named(const char *name)
{
    for (int i = 0; i < ENCODINGS; i++)
        if (!strcmp(encodings[i].name, name))
            return &encodings[i];
    return NULL;
}

const struct encoding *encoding_labelled(const char *label, size_t length)
{
    char low[LABEL_BYTES];
    while (length && ascii_is_space(*label))
        label++, length--;
    while (length && ascii_is_space(label[length - 1]))
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
    while (at < end && ascii_is_space(*at))
        at++;
    if (at == end || *at++ != '=')
        return NULL;
    while (at < end && (ascii_is_space(*at) || *at == '"' || *at == '\''))
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
    bool equivalent = ascii_find(tag, length, "http-equiv");
    const char *end = tag + length, *at = tag;
    while ((at = ascii_find(at, (size_t)(end - at), "charset"))) {
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

const struct encoding *encoding_declared(const char *bytes, size_t size)
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
        bool meta = left > 5 && ascii_find(tag, 5, "<meta");
        const struct encoding *found = NULL;
        const char *name = prolog ? ascii_find(tag, left, "encoding") : NULL;
        if (name)
            found = value_labelled(name + strlen("encoding"), tag + left);
        else if (meta)
            found = meta_encoding(tag, left);
        if (found)
            return found;
    }
    return NULL;
}
