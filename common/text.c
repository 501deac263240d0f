/* Characters: what they are, how wide, and what becomes of those that must not
 * be shown. ASCII is decided in the header, the rest by libunistring's tables. */
#include "common/text.h"

#include <pthread.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>
#include <uniwidth.h>

static bool continues(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Well-formed characters of two and three bytes are decided here, but for those
 * beside what UTF-8 forbids; libunistring takes the rest. */
uint32_t text_decode_long(const char *text, size_t length, size_t *size)
{
    const unsigned char *b = (const unsigned char *)text;
    if (length > 1 && b[0] >= 0xc2 && b[0] < 0xe0 && continues(b[1])) {
        *size = 2;
        return (b[0] & 0x1fu) << 6 | (b[1] & 0x3fu);
    }
    if (length > 2 && b[0] > 0xe0 && b[0] < 0xf0 && b[0] != 0xed &&
        continues(b[1]) && continues(b[2])) {
        *size = 3;
        return (b[0] & 0xfu) << 12 | (b[1] & 0x3fu) << 6 | (b[2] & 0x3fu);
    }
    ucs4_t character;
    int bytes = u8_mbtoucr(&character, b, length);
    if (bytes <= 0) {
        *size = 1;
        return 0xfffd;
    }
    *size = (size_t)bytes;
    return character;
}

/* Eight bytes at a time: one has its high bit set when it is over 0x7f, and
 * gets it by the subtraction when it is 0. */
size_t text_ascii(const char *bytes, size_t length)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t at = 0;
    for (uint64_t eight; at + sizeof eight <= length; at += sizeof eight) {
        memcpy(&eight, bytes + at, sizeof eight);
        if ((eight | (eight - ones)) & (ones << 7))
            break;
    }
    while (at < length && (unsigned char)bytes[at] - 1u < 0x7f)
        at++;
    return at;
}

size_t text_encode(char *out, uint32_t character)
{
    int bytes = u8_uctomb((uint8_t *)out, character, 4);
    return bytes > 0 ? (size_t)bytes : text_encode(out, 0xfffd);
}

bool text_is_space_long(uint32_t c)
{
    return c == 0xa0 || c == 0x85 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

/* What the characters of two bytes are, looked up once: Latin, Greek, Cyrillic,
 * Hebrew, Arabic. */
enum kind { LETTER, DIGIT, UPPER, NUMBER, KIND_COUNT };
enum { KNOWN = 0x800 };

static uint8_t known[KNOWN]; /* a bit a kind */
static pthread_once_t known_once = PTHREAD_ONCE_INIT;

static bool look_up(uint32_t c, enum kind kind)
{
    static const uint32_t categories[KIND_COUNT] = {
        [LETTER] = UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M,
        [DIGIT] = UC_CATEGORY_MASK_Nd,
        [UPPER] = UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt,
        [NUMBER] = UC_CATEGORY_MASK_N,
    };
    return uc_is_general_category_withtable(c, categories[kind]);
}

static void known_fill(void)
{
    for (uint32_t c = 0; c < KNOWN; c++)
        for (unsigned kind = 0; kind < KIND_COUNT; kind++)
            known[c] |= (uint8_t)(look_up(c, kind) << kind);
}

static bool is_of(uint32_t c, enum kind kind)
{
    if (c >= KNOWN)
        return look_up(c, kind);
    pthread_once(&known_once, known_fill);
    return known[c] >> kind & 1;
}

bool text_is_letter_long(uint32_t c)
{
    return is_of(c, LETTER);
}

bool text_is_digit_long(uint32_t c)
{
    return is_of(c, DIGIT);
}

bool text_is_upper_long(uint32_t c)
{
    return is_of(c, UPPER);
}

bool text_is_number_long(uint32_t c)
{
    return is_of(c, NUMBER);
}

/* Scripts written without spaces, and Hangul, whose particles stick to words:
 * Unicode blocks, in order. */
bool text_is_ideograph(uint32_t c)
{
    static const uint32_t ranges[][2] = {
        {0x0e00, 0x0eff},   {0x1000, 0x109f},   {0x1100, 0x11ff},
        {0x1780, 0x17ff},   {0x3005, 0x3007},   {0x3040, 0x30ff},
        {0x3130, 0x318f},   {0x31f0, 0x31ff},   {0x3400, 0x4dbf},
        {0x4e00, 0x9fff},   {0xac00, 0xd7af},   {0xf900, 0xfaff},
        {0xff66, 0xff9f},   {0x20000, 0x3ffff},
    };
    if (c < ranges[0][0])
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c <= ranges[i][1])
            return c >= ranges[i][0];
    return false;
}

bool text_is_invisible_long(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0) ||
           c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

/* A character that is not ASCII has no byte that is, so each stretch between two
 * ASCII bytes is well formed by itself or not at all. */
bool text_is_valid(const char *bytes, size_t length)
{
    for (size_t at = 0, start; at < length; at++) { /* over an ASCII byte, or NUL */
        start = at += text_ascii(bytes + at, length - at);
        while (at < length && (unsigned char)bytes[at] >= 0x80)
            at++;
        if (at > start && u8_check((const uint8_t *)bytes + start, at - start))
            return false;
    }
    return true;
}

size_t text_boundary(const char *text, size_t length, size_t at)
{
    if (at >= length)
        return length;
    while (at && ((unsigned char)text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

int text_columns(uint32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return 1;
    int width = uc_width(c, "UTF-8");
    return width < 0 ? 0 : width;
}

bool text_is_blank(const char *text, size_t length)
{
    for (size_t at = 0, size; at < length; at += size)
        if (!text_is_space(text_decode(text + at, length - at, &size)))
            return false;
    return true;
}

bool text_list_has(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at && length && (at = strstr(at, word));
         at += length)
        if ((at == list || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}
/* ------------------------------------------------------------ safe to show */

char *text_repair(struct arena *arena, const char *bytes, size_t length,
                  size_t *repaired)
{
    struct buffer out = {0};
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(bytes + at, length - at, &size);
        bool whole = c && (c != 0xfffd || size == 3);
        buffer_add(&out, whole ? bytes + at : "\xef\xbf\xbd", whole ? size : 3);
    }
    char *copy = arena_copy(arena, out.bytes, out.length);
    *repaired = out.length;
    buffer_free(&out);
    return copy;
}

static void escape_character(struct buffer *out, uint32_t c)
{
    static const char letters[] = "abtnvfr"; /* from \x07 on */
    if (c >= '\a' && c <= '\r')
        buffer_format(out, "\\%c", letters[c - '\a']);
    else if (c < 0x100)
        buffer_format(out, "\\x%02x", (unsigned)c);
    else
        buffer_format(out, "\\u{%x}", (unsigned)c);
}

/* Joiners are spelling in some scripts; separators of lines would end ours. */
static bool is_shown(uint32_t c)
{
    return c >= 0x20 && c != 0x2028 && c != 0x2029 &&
           (c == 0x200c || c == 0x200d || !text_is_invisible(c));
}

void text_escape(struct buffer *out, const char *bytes, size_t length)
{
    size_t plain = 0; /* where the run of plain text began */
    for (size_t at = 0, size; at < length; at += size) {
        uint32_t c = text_decode(bytes + at, length - at, &size);
        bool broken = c == 0xfffd && size == 1;
        if (!broken && is_shown(c))
            continue;
        buffer_add(out, bytes + plain, at - plain);
        escape_character(out, broken ? (unsigned char)bytes[at] : c);
        plain = at + size;
    }
    buffer_add(out, bytes + plain, length - plain);
}
