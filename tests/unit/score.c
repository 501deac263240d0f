/* Passages are weighed by looking only at words that begin as a stem of the
 * question does, so stems must begin as their words do. */
#include "common/language.h"
#include "query/score.h"
#include "tests/tap.h"

static const char *const endings[] = {
    "",     "s",    "es",   "ed",     "ing",   "ies",  "ied",   "ying", "ly",
    "ness", "er",   "en",   "ern",    "heit",  "keit", "ung",   "tion", "ment",
    "ul",   "ok",   "nak",  "lar",    "ler",   "ado",  "mente", "ique", "oso",
    "iver", "ende", "arna", "azione", "ibile", "oare", "ssimo", "e",    "a"};

enum { ENDINGS = sizeof endings / sizeof *endings, LETTERS = 26 };

static char kind(char letter)
{
    return letter == 'y' ? 'i' : letter;
}

static bool begins_alike(const char *word, struct xapian_bytes stem)
{
    size_t length = strlen(word), most = stem.length < 4 ? 2 : 3;
    for (size_t i = 0; i < most && i < length && i < stem.length; i++) {
        if ((unsigned char)stem.bytes[i] >= 0x80)
            break;
        if (kind(word[i]) != kind(stem.bytes[i]))
            return false;
    }
    return stem.length > 0;
}

/* One in five of all beginnings of three letters, with all endings. */
static size_t strangers(struct xapian_stemmer *stemmer)
{
    size_t count = 0;
    for (int i = 0; i < LETTERS * LETTERS * LETTERS; i += 5)
        for (int e = 0; e < ENDINGS; e++) {
            char word[16];
            snprintf(word, sizeof word, "%c%c%c%s", 'a' + i % LETTERS,
                     'a' + i / LETTERS % LETTERS, 'a' + i / LETTERS / LETTERS,
                     endings[e]);
            count += !begins_alike(
                word, xapian_stemmer_stem(stemmer, word, strlen(word)));
        }
    return count;
}

int main(void)
{
    size_t count;
    const struct language *languages = language_all(&count);
    for (size_t i = 0; i < count; i++) {
        const char *name = languages[i].stemmer;
        struct xapian_stemmer *stemmer;
        if (!strcmp(name, "none") || !score_keeps_beginnings(name))
            continue;
        if (xapian_stemmer_open(&stemmer, name, NULL)) {
            ok(false, name);
            continue;
        }
        ok(!strangers(stemmer), name);
        xapian_stemmer_close(stemmer);
    }
    ok(!score_keeps_beginnings("irish"), "but not in Irish");
    return done();
}
