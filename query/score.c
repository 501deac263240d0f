/* The terms of the question go into one small table. Of a text only what may be
 * one of them is cut into words and stemmed, for a stem begins as its word does:
 * most words are passed over by their first three letters. */
#include "query/score.h"

#include "common/hash.h"
#include "common/text.h"

#include <math.h>
#include <string.h>

/* A term of the question, and the rank that it is of. */
struct term {
    struct xapian_bytes bytes;
    size_t rank;
    struct term *next; /* in its slot */
};

/* A rank of the plan, and how often it is in the title and the passage at hand. */
struct counted {
    double factor; /* of IneB2: what is the same for every text */
    uint32_t titled, here;
};

/* Kinds of bytes: letters and digits of ASCII, whatever their case, by number; y is
 * i, since English "dying" is stemmed "die". */
enum { SIGN = 0, SPACE = 62, OTHER = 63, KINDS = 64 };

struct score {
    const struct expand_plan *plan;
    struct stems *stems;
    struct counted *ranks;
    struct term **slots;
    size_t slot_count;      /* a power of two */
    double length;          /* c times that of a passage on average, in words */
    size_t row;             /* of the stems, of the article at hand */
    bool all;               /* whose stems may begin in another way */
    uint64_t begins[KINDS][KINDS]; /* by kinds of a term's first two signs, bits
                                    * of what the third may be */
};

/* ------------------------------------------------------------- beginnings */

static const unsigned char kinds[128] = {
    ['\t'] = SPACE, ['\n'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,
    ['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ['A'] = 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
    28, 29, 30, 31, 32, 33, 34, 19, 36,
    ['a'] = 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
    28, 29, 30, 31, 32, 33, 34, 19, 36,
};

static inline unsigned kind_of(char byte)
{
    unsigned char c = (unsigned char)byte;
    return c < 0x80 ? kinds[c] : OTHER;
}

static inline bool is_letter(unsigned kind)
{
    return kind - 1 < SPACE - 1;
}

static uint64_t bit(unsigned kind)
{
    return (uint64_t)1 << kind;
}

/* By the first two letters, and of longer stems the third. A stem without accents
 * may be of a word with them, and the other way round; and what is inside a word
 * and no letter, as in "U.S.", is no part of its term. */
static void beginning_add(struct score *score, struct xapian_bytes term)
{
    unsigned kind[3];
    for (size_t i = 0; i < 3; i++)
        kind[i] = i < term.length ? kind_of(term.bytes[i]) : SPACE;
    uint64_t *begins = score->begins[kind[0]];
    if (!is_letter(kind[1])) {
        memset(begins, 0xff, sizeof score->begins[0]);
        return;
    }
    begins[OTHER] = begins[SIGN] = UINT64_MAX;
    begins[kind[1]] |= term.length < 4 || !is_letter(kind[2])
                           ? UINT64_MAX
                           : bit(kind[2]) | bit(OTHER) | bit(SIGN);
}

/* A word that begins here, with this letter, may be a term. */
static bool may_begin(const struct score *score, unsigned kind, const char *text,
                      size_t length, size_t at)
{
    unsigned second = at + 1 < length ? kind_of(text[at + 1]) : SPACE;
    unsigned third = at + 2 < length ? kind_of(text[at + 2]) : SPACE;
    return score->begins[kind][second] & bit(third);
}

/* A word that begins with a sign beyond ASCII may always be a term. Behind a letter
 * such a sign is an accent or a mark, but in scripts without spaces. */
static bool other_begins(unsigned char byte, bool inside)
{
    return byte >= 0xc0 && (!inside || (byte >= 0xe0 && byte != 0xe2));
}

/* The end of what stands between white space from `at` on; *may: whether a word in
 * it may be a term. */
static size_t chunk_end(bool *may, const struct score *score, const char *text,
                        size_t length, size_t at)
{
    bool inside = false; /* behind a letter */
    for (unsigned kind; at < length && (kind = kind_of(text[at])) != SPACE;) {
        if (is_letter(kind)) {
            *may = *may || may_begin(score, kind, text, length, at);
            while (++at < length && is_letter(kind_of(text[at])))
                ;
            inside = true;
            continue;
        }
        if (kind == OTHER)
            *may |= other_begins((unsigned char)text[at], inside);
        inside = false;
        at++;
    }
    return at;
}

/* --------------------------------------------------------------- counting */

static void term_count(struct score *score, struct xapian_bytes bytes)
{
    const struct term *term =
        score->slots[hash_place(bytes.bytes, bytes.length) &
                     (score->slot_count - 1)];
    for (; term; term = term->next)
        if (term->bytes.length == bytes.length &&
            !memcmp(term->bytes.bytes, bytes.bytes, bytes.length))
            score->ranks[term->rank].here++;
}

/* Words as they are indexed: joined ideographs are pairs too. */
static void words_count(struct score *score, const char *text, size_t at,
                        size_t end)
{
    struct text_word word;
    char pair[2 * TEXT_TERM_BYTES];
    size_t before = 0;
    while (text_word(&word, text, end, &at)) {
        struct xapian_bytes stem = {word.term, word.length};
        if (word.joined && before) {
            memcpy(pair + before, word.term, word.length);
            term_count(score, (struct xapian_bytes){pair,
                                                    before + word.length});
        }
        memcpy(pair, word.term, word.length);
        before = word.ideograph ? word.length : 0;
        if (score->row < score->stems->count)
            stem = stems_stem(score->stems, score->row, word.term, word.length);
        if (word.length)
            term_count(score, stem);
    }
}

static void terms_count(struct score *score, const char *text, size_t length)
{
    if (score->all) {
        words_count(score, text, 0, length);
        return;
    }
    for (size_t at = 0, end; at < length; at = end + 1) {
        bool may = false;
        end = chunk_end(&may, score, text, length, at);
        if (may)
            words_count(score, text, at, end);
    }
}

/* Names of aliases, in whatever way an entity came by its name. */
static void names_count(struct score *score,
                        const struct stored_article *article, size_t number)
{
    struct arena scratch = ARENA_INIT;
    struct stored_passage passage = stored_passage(article, number, &scratch);
    for (size_t e = 0; e < passage.entity_count; e++) {
        const char *name =
            stored_name(&scratch, passage.text, &passage.entities[e]);
        for (size_t i = 0; i < score->plan->rank_count; i++) {
            const struct alias_name *asked = score->plan->ranks[i].name;
            score->ranks[i].here += asked && !strcmp(asked->name, name);
        }
    }
    arena_release(&scratch);
}

/* -------------------------------------------------------------- the weight */

/* IneB2 of a rank: tfn = tf log2(1 + c average / length), and the weight is
 * factor tfn / (tfn + 1). */
static double rank_weight(const struct score *score, size_t rank, double length)
{
    const struct counted *counted = &score->ranks[rank];
    uint32_t frequency = counted->here + counted->titled;
    if (!frequency)
        return 0;
    double tfn = frequency * log2(1 + score->length / (length > 1 ? length : 1));
    return counted->factor * tfn / (tfn + 1);
}

/* The passage at hand or its title has it. */
static bool is_there(const struct score *score, size_t rank)
{
    return score->ranks[rank].here + score->ranks[rank].titled > 0;
}

/* All ranks of a phrase are there. */
static bool is_whole(const struct score *score, size_t rank)
{
    const struct expand_rank *ranks = score->plan->ranks;
    for (size_t i = 0; ranks[rank].phrase && i < score->plan->rank_count; i++)
        if (ranks[i].phrase == ranks[rank].phrase && !is_there(score, i))
            return false;
    return true;
}

static void passage_count(struct score *score,
                          const struct stored_article *article, size_t number)
{
    const dateline_passage *passage = &article->passages[number];
    for (size_t i = 0; i < score->plan->rank_count; i++)
        score->ranks[i].here = 0;
    terms_count(score, article->body + passage->start,
                passage->end - passage->start);
    if (score->plan->alias_count)
        names_count(score, article, number);
}

/* Its language, and what holds for all of its passages. */
static void article_begin(struct score *score,
                          const struct stored_article *article)
{
    const struct stems *stems = score->stems;
    const char *title = article->facts.title;
    score->row = stems_row(stems, article->facts.language);
    score->all = score->row < stems->count &&
                 !score_keeps_beginnings(stems->rows[score->row].name);
    for (size_t i = 0; i < score->plan->rank_count; i++)
        score->ranks[i].here = 0;
    if (title)
        terms_count(score, title, strlen(title));
    for (size_t i = 0; i < score->plan->rank_count; i++)
        score->ranks[i].titled = score->ranks[i].here;
}

static double passage_weight(const struct score *score, double length)
{
    double weight = 0;
    for (size_t r = 0; r < score->plan->rank_count; r++) {
        if (score->plan->ranks[r].needed && !is_there(score, r))
            return -1;
        if (is_whole(score, r))
            weight += rank_weight(score, r, length);
    }
    return weight;
}

/* --------------------------------------------------------------- the table */

static void term_add(struct score *score, struct arena *arena, size_t rank,
                     struct xapian_bytes bytes)
{
    struct term **slot =
        &score->slots[hash_place(bytes.bytes, bytes.length) &
                      (score->slot_count - 1)];
    struct term *term = arena_new(arena, struct term);
    *term = (struct term){bytes, rank, *slot};
    *slot = term;
    beginning_add(score, bytes);
}

/* How often a passage is expected to hold it, were its occurrences strewn over all
 * of them. How many really do is not known, for the index counts articles. */
static double expected(double passages, double occurrences)
{
    return passages > 1
               ? passages * -expm1(occurrences * log1p(-1 / passages))
               : 1;
}

/* In how many passages a term stands that so many articles hold: of each article's
 * passages those that its occurrences meet when they are strewn over them. */
static double passages_met(const struct dateline_search *search,
                           double articles, double occurrences)
{
    double each = search->articles > 0 ? search->passages / search->articles : 1;
    return articles * expected(each, occurrences / articles);
}

static dateline_status rank_weigh(struct score *score, size_t rank,
                                  const struct dateline_search *search,
                                  dateline_error *error)
{
    const struct expand_rank *of = &score->plan->ranks[rank];
    double occurrences = 0, articles = 0;
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < of->term_count && !status; i++) {
        uint64_t count = 0, holding = 0;
        status = xapian_reader_occurrences(&count, search->reader,
                                           of->terms[i], error);
        if (!status)
            status = xapian_reader_frequency(&holding, search->reader,
                                             of->terms[i], error);
        occurrences += (double)count;
        articles += (double)holding;
    }
    if (occurrences < articles) /* names that were not found by an alias */
        occurrences = articles;
    if (occurrences > 0)
        score->ranks[rank].factor =
            of->frequency * score_worth(search, occurrences) *
            (occurrences + 1) / passages_met(search, articles, occurrences);
    return status;
}

/* ------------------------------------------------------------------ public */

bool score_keeps_beginnings(const char *stemmer)
{
    static const char *const others[] = {"finnish", "indonesian", "irish",
                                         "turkish"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(stemmer, others[i]))
            return false;
    return true;
}

double score_worth(const struct dateline_search *search, double occurrences)
{
    return log2((search->passages + 1) /
                (expected(search->passages, occurrences) + 0.5));
}

dateline_status score_new(struct score **out, struct arena *arena,
                          const struct expand_plan *plan,
                          struct dateline_search *search,
                          dateline_error *error)
{
    struct score *score = arena_new(arena, struct score);
    size_t terms = 0;
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < plan->rank_count; i++)
        terms += plan->ranks[i].term_count;
    *score = (struct score){.plan = plan,
                            .stems = &search->stems,
                            .length = search->passage_length * INEB2_C,
                            .slot_count = 64};
    while (score->slot_count < 4 * terms)
        score->slot_count *= 2;
    score->slots = arena_array(arena, struct term *, score->slot_count);
    score->ranks = arena_array(arena, struct counted, plan->rank_count);
    for (size_t i = 0; i < plan->rank_count && !status; i++) {
        for (size_t t = 0; t < plan->ranks[i].term_count; t++)
            if (plan->ranks[i].terms[t].length)
                term_add(score, arena, i, plan->ranks[i].terms[t]);
        status = rank_weigh(score, i, search, error);
    }
    *out = score;
    return status;
}

void score_article(double *out, struct score *score,
                   const struct stored_article *article)
{
    article_begin(score, article);
    for (size_t i = 0; i < article->passage_count; i++) {
        passage_count(score, article, i);
        out[i] = passage_weight(score, article->words[i]);
    }
}

void score_explain(double *out, struct score *score,
                   const struct stored_article *article, size_t number)
{
    article_begin(score, article);
    passage_count(score, article, number);
    for (size_t r = 0; r < score->plan->rank_count; r++)
        out[r] = is_whole(score, r)
                     ? rank_weight(score, r, article->words[number])
                     : 0;
}
