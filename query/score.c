/* The terms of the question go into one small table. Of a text only what may be
 * one of them is cut into words and stemmed, for a stem begins as its word does:
 * most words are passed over by their first two letters. */
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

enum { KINDS = 64, OTHER = 63 };

struct score {
    const struct expand_plan *plan;
    struct stems *stems;
    struct counted *ranks;
    struct term **slots;
    size_t slot_count;      /* a power of two */
    double length;          /* c times that of a passage on average, in words */
    bool begins[KINDS];     /* some term begins with a sign of this kind */
    bool pairs[KINDS][KINDS]; /* and goes on with one of that */
};

/* ------------------------------------------------------------- beginnings */

/* Letters and digits of ASCII, whatever their case, by number; 0: other signs of
 * ASCII. y is i, since English "dying" is stemmed "die". */
static const unsigned char kinds[128] = {
    ['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ['A'] = 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
    28, 29, 30, 31, 32, 33, 34, 19, 36,
    ['a'] = 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
    28, 29, 30, 31, 32, 33, 34, 19, 36,
};

static unsigned kind_of(char byte)
{
    unsigned char c = (unsigned char)byte;
    return c < 0x80 ? kinds[c] : OTHER;
}

/* Stemmers that change how a word begins; seen for 200,000 words and all pairs of
 * letters, before each of which stood thirty endings. */
static bool keeps_beginnings(const char *stemmer)
{
    static const char *const others[] = {"arabic", "finnish", "indonesian",
                                         "irish", "turkish"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(stemmer, others[i]))
            return false;
    return true;
}

/* A stem without accents may be of a word with them, and the other way round. */
static void beginning_add(struct score *score, struct xapian_bytes term)
{
    unsigned first = kind_of(term.bytes[0]);
    unsigned second = term.length > 1 ? kind_of(term.bytes[1]) : 0;
    score->begins[first] = true;
    score->pairs[first][OTHER] = true;
    if (second && second != OTHER)
        score->pairs[first][second] = true;
    else
        memset(score->pairs[first], true, sizeof score->pairs[first]);
}

/* A term may begin with the sign at `at`. Points and commas inside a word, as in
 * "U.S.", are no part of its term. */
static bool may_begin(const struct score *score, const char *text, size_t end,
                      size_t at)
{
    unsigned first = kind_of(text[at]);
    unsigned second = at + 1 < end ? kind_of(text[at + 1]) : 0;
    return second ? score->pairs[first][second] : score->begins[first];
}

/* The end of what stands between white space from `at` on; *may: whether a word in
 * it may be a term. Words that begin with a sign beyond ASCII always may; such
 * signs behind a letter are an accent or a mark, but for those of scripts without
 * spaces. */
static size_t chunk_end(bool *may, const struct score *score, const char *text,
                        size_t length, size_t at)
{
    bool inside = false; /* behind a letter or digit of ASCII */
    *may = false;
    for (; at < length && (unsigned char)text[at] > ' '; at++) {
        unsigned char c = (unsigned char)text[at];
        if (c >= 0x80) {
            *may |= c >= 0xc0 && (!inside || (c >= 0xe0 && c != 0xe2));
            inside = false;
        } else if (!kinds[c]) {
            inside = false;
        } else {
            *may = *may || (!inside && may_begin(score, text, length, at));
            inside = true;
        }
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
static void words_count(struct score *score, size_t row, const char *text,
                        size_t at, size_t end)
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
        if (row < score->stems->count)
            stem = stems_stem(score->stems, row, word.term, word.length);
        if (word.length)
            term_count(score, stem);
    }
}

static void terms_count(struct score *score, const char *text, size_t length,
                       const char *language)
{
    size_t row = stems_row(score->stems, language);
    if (row < score->stems->count &&
        !keeps_beginnings(score->stems->rows[row].name)) {
        words_count(score, row, text, 0, length);
        return;
    }
    for (size_t at = 0, end; at < length; at = end + 1) {
        bool may;
        end = chunk_end(&may, score, text, length, at);
        if (may)
            words_count(score, row, text, at, end);
    }
}

static void names_count(struct score *score, const dateline_entity *entity)
{
    const struct expand_plan *plan = score->plan;
    for (size_t i = 0; i < plan->rank_count; i++)
        if (plan->ranks[i].name && entity->name &&
            !strcmp(plan->ranks[i].name->name, entity->name))
            score->ranks[i].here++;
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

/* All ranks of a phrase are there. */
static bool is_whole(const struct score *score, size_t rank)
{
    const struct expand_rank *ranks = score->plan->ranks;
    for (size_t i = 0; ranks[rank].phrase && i < score->plan->rank_count; i++)
        if (ranks[i].phrase == ranks[rank].phrase &&
            !(score->ranks[i].here + score->ranks[i].titled))
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
               passage->end - passage->start, article->facts.language);
    for (size_t i = 0; score->plan->alias_count && i < article->entity_count;
         i++) {
        const dateline_entity *entity = &article->entities[i];
        if (entity->by == DATELINE_BY_ALIAS &&
            entity->start >= passage->start && entity->end <= passage->end)
            names_count(score, entity);
    }
}

static void title_count(struct score *score, const struct stored_article *article)
{
    const char *title = article->facts.title;
    for (size_t i = 0; i < score->plan->rank_count; i++)
        score->ranks[i].here = 0;
    if (title)
        terms_count(score, title, strlen(title), article->facts.language);
    for (size_t i = 0; i < score->plan->rank_count; i++)
        score->ranks[i].titled = score->ranks[i].here;
}

void score_article(double *out, struct score *score,
                   const struct stored_article *article)
{
    title_count(score, article);
    for (size_t i = 0; i < article->passage_count; i++) {
        out[i] = 0;
        passage_count(score, article, i);
        for (size_t r = 0; r < score->plan->rank_count; r++)
            if (is_whole(score, r))
                out[i] += rank_weight(score, r, article->words[i]);
    }
}

void score_explain(double *out, struct score *score,
                   const struct stored_article *article, size_t number)
{
    title_count(score, article);
    passage_count(score, article, number);
    for (size_t r = 0; r < score->plan->rank_count; r++)
        out[r] = is_whole(score, r)
                     ? rank_weight(score, r, article->words[number])
                     : 0;
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

double score_worth(const struct dateline_search *search, double occurrences)
{
    return log2((search->passages + 1) /
                (expected(search->passages, occurrences) + 0.5));
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
    if (occurrences > 0)
        score->ranks[rank].factor =
            of->frequency * score_worth(search, occurrences) *
            (occurrences + 1) / passages_met(search, articles, occurrences);
    return status;
}

dateline_status score_new(struct score **out, struct arena *arena,
                          const struct expand_plan *plan,
                          const struct dateline_search *search,
                          dateline_error *error)
{
    struct score *score = arena_new(arena, struct score);
    size_t terms = 0;
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < plan->rank_count; i++)
        terms += plan->ranks[i].term_count;
    *score = (struct score){.plan = plan,
                            .stems = (struct stems *)&search->stems,
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
