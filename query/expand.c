/* The tree of a request is walked twice, for passages and for articles, and
 * every node gives a Xapian query or none. All queries made on the way are kept
 * in one list and released at the end; only those of the plan are handed out.
 * The first error sticks in the builder and all that follows gives none. */
#include "query/expand.h"

#include "common/date.h"
#include "common/error.h"

#include <stdlib.h>
#include <string.h>

enum level { PASSAGE, ARTICLE };

enum {
    PHRASE_WORDS = 16, /* the rest of a longer quote is left to verification */
    DATE_TERMS = 48    /* more would cost more than the range itself */
};

struct terms {
    struct xapian_bytes *items;
    size_t count, room;
};

struct queries {
    struct xapian_query **items;
    size_t count, room;
};

struct builder {
    struct arena *arena;
    struct request *request;
    const struct expand_index *index;
    const struct expand_options *options;
    struct expand_plan *plan;
    bool rows[STEM_ROWS]; /* asked for ranked words */
    enum level level;
    struct queries made;  /* to be released */
    struct expand_alias *aliases;
    size_t alias_room, note_room;
    dateline_error *error;
    dateline_status status;
};

/* ---------------------------------------------------------------- helpers */

/* Keeps what a constructor made, or its failure. */
static struct xapian_query *keep(struct builder *b, dateline_status status,
                                 struct xapian_query *const *made)
{
    if (status) {
        b->status = status;
        return NULL;
    }
    struct xapian_query **place =
        arena_push(b->arena, &b->made.items, &b->made.count, &b->made.room);
    return *place = *made;
}

static void add_query(struct builder *b, struct queries *to,
                      struct xapian_query *query)
{
    if (!query)
        return;
    struct xapian_query **place =
        arena_push(b->arena, &to->items, &to->count, &to->room);
    *place = query;
}

static struct xapian_query *term_query(struct builder *b,
                                       struct xapian_bytes term,
                                       uint32_t frequency)
{
    struct xapian_query *query = NULL;
    if (b->status)
        return NULL;
    return keep(b, xapian_query_term(&query, term, frequency, b->error), &query);
}

static struct xapian_query *filter_query(struct builder *b, const char *term)
{
    return term_query(b, (struct xapian_bytes){term, strlen(term)}, 1);
}

/* None for no parts; a single part stands for itself. */
static struct xapian_query *combine(struct builder *b, enum xapian_operator how,
                                    const struct queries *parts)
{
    struct xapian_query *query = NULL;
    if (b->status || !parts->count)
        return NULL;
    if (parts->count == 1)
        return parts->items[0];
    return keep(b, xapian_query_combine(&query, how, parts->items, parts->count,
                                        b->error), &query);
}

static struct xapian_query *both(struct builder *b, enum xapian_operator how,
                                 struct xapian_query *left,
                                 struct xapian_query *right)
{
    struct xapian_query *items[] = {left, right};
    struct queries parts = {items, 2, 2};
    return !left ? NULL : !right ? left : combine(b, how, &parts);
}

static struct xapian_query *everything(struct builder *b)
{
    struct xapian_query *query = NULL;
    return b->status ? NULL
                     : keep(b, xapian_query_all(&query, b->error), &query);
}

static struct xapian_query *nothing(struct builder *b)
{
    return filter_query(b, FIELD_KIND "nothing");
}

static bool same_bytes(struct xapian_bytes a, struct xapian_bytes b)
{
    return a.length == b.length && !memcmp(a.bytes, b.bytes, a.length);
}

static struct xapian_bytes term_of(struct builder *b, const char *prefix,
                                   const char *bytes, size_t length)
{
    size_t before = strlen(prefix);
    char *term = arena_alloc(b->arena, before + length + 1);
    memcpy(term, prefix, before);
    memcpy(term + before, bytes, length);
    return (struct xapian_bytes){term, before + length};
}

static void add_term(struct builder *b, struct terms *to,
                     struct xapian_bytes term)
{
    struct xapian_bytes *place =
        arena_push(b->arena, &to->items, &to->count, &to->room);
    *place = term;
}

/* Few terms: a look at each is enough. */
static void add_new_term(struct builder *b, struct terms *to,
                         struct xapian_bytes term)
{
    for (size_t i = 0; i < to->count; i++)
        if (same_bytes(to->items[i], term))
            return;
    add_term(b, to, term);
}

static struct xapian_bytes stem_of(struct builder *b, size_t row,
                                   const char *prefix,
                                   const struct request_word *word)
{
    struct xapian_bytes stem = stems_stem(b->index->stems, row, word->term,
                                          word->length);
    return term_of(b, prefix, stem.bytes, stem.length);
}

/* The stems of a word in the asked rows, or in all, each once. */
static struct terms variants(struct builder *b, const char *prefix,
                             const struct request_word *word, bool all)
{
    struct terms terms = {0};
    for (size_t row = 0; row < b->index->stems->count; row++)
        if (all || b->rows[row])
            add_new_term(b, &terms, stem_of(b, row, prefix, word));
    return terms;
}

static const char *text_prefix(const struct builder *b)
{
    return b->level == ARTICLE ? FIELD_ARTICLE : "";
}

static uint64_t frequency_of(struct builder *b, struct xapian_bytes term)
{
    uint64_t documents = 0;
    if (!b->status)
        b->status = xapian_reader_frequency(&documents, b->index->reader, term,
                                            b->error);
    return documents;
}

/* The stems that rank: of the common languages, and of the rare ones where no
 * common one knows the word. (All stems of all languages cost 0.003 nDCG@10 on
 * news, where short texts are taken for another language now and then.) */
static struct terms ranked_variants(struct builder *b,
                                    const struct request_word *word)
{
    const char *prefix = text_prefix(b);
    struct terms terms = variants(b, prefix, word, false);
    struct terms all = variants(b, prefix, word, true);
    uint64_t common = 0;
    if (all.count == terms.count)
        return terms;
    for (size_t i = 0; i < terms.count; i++)
        common += frequency_of(b, terms.items[i]);
    return common ? terms : all;
}

/* One of the terms, scored as one, `frequency` times. */
static struct xapian_query *synonym(struct builder *b,
                                    const struct terms *terms,
                                    uint32_t frequency)
{
    struct queries parts = {0};
    if (terms->count == 1)
        return term_query(b, terms->items[0], frequency);
    for (size_t i = 0; i < terms->count; i++)
        add_query(b, &parts, term_query(b, terms->items[i], 1));
    struct xapian_query *query = combine(b, XAPIAN_SYNONYM, &parts);
    if (!query || frequency == 1)
        return query;
    struct xapian_query *scaled = NULL;
    return keep(b, xapian_query_scale(&scaled, query, frequency, b->error),
                &scaled);
}

/* ------------------------------------------------------------ ranked words */

/* A distinct word of the question, and how often it occurs in it. */
struct ranked {
    struct terms terms;
    uint32_t frequency;
};

struct ranking {
    struct ranked *items;
    size_t count, room;
};

static void rank_terms(struct builder *b, struct ranking *ranking,
                       struct terms terms)
{
    for (size_t i = 0; i < ranking->count; i++) {
        struct ranked *other = &ranking->items[i];
        if (other->terms.count == terms.count &&
            same_bytes(other->terms.items[0], terms.items[0])) {
            other->frequency++;
            return;
        }
    }
    struct ranked *new =
        arena_push(b->arena, &ranking->items, &ranking->count, &ranking->room);
    *new = (struct ranked){terms, 1};
}

/* A word, and the pair that it makes with the ideograph before it. */
static void rank_word(struct builder *b, struct ranking *ranking,
                      const struct request_word *words, size_t i)
{
    const struct request_word *word = &words[i];
    const char *prefix = text_prefix(b);
    if (!word->stop)
        rank_terms(b, ranking, ranked_variants(b, word));
    if (!word->joined || !i)
        return;
    struct terms pair = {0};
    struct xapian_bytes before =
        term_of(b, prefix, words[i - 1].term, words[i - 1].length);
    add_term(b, &pair, term_of(b, before.bytes, word->term, word->length));
    rank_terms(b, ranking, pair);
}

static struct xapian_query *ranking_query(struct builder *b,
                                          const struct ranking *ranking)
{
    struct queries parts = {0};
    for (size_t i = 0; i < ranking->count; i++)
        add_query(b, &parts, synonym(b, &ranking->items[i].terms,
                                     ranking->items[i].frequency));
    return combine(b, XAPIAN_OR, &parts);
}

/* ---------------------------------------------------------------- aliases */

static struct xapian_bytes entity_term(struct builder *b,
                                       const struct alias_name *name)
{
    char term[LIMIT_TERM_BYTES + 1];
    size_t length = field_term(term, FIELD_ENTITY, name->name,
                               strlen(name->name));
    return term_of(b, "", term, length);
}

static struct xapian_query *entity_query(struct builder *b,
                                         const struct alias_name *name)
{
    struct xapian_bytes term = entity_term(b, name);
    return term.length ? term_query(b, term, 1) : NULL;
}

/* The end of the words that stand side by side with node, equally marked. */
static size_t stretch_end(const struct request_node *node)
{
    size_t end = node->end;
    for (const struct request_node *n = node->next;
         n && n->kind == REQUEST_WORDS && n->mark == node->mark; n = n->next)
        end = n->end;
    return end;
}

static void note(struct builder *b, const char *text)
{
    const char **line = arena_push(b->arena, &b->plan->notes,
                                   &b->plan->note_count, &b->note_room);
    *line = text;
}

static void alias_note(struct builder *b, const struct expand_alias *alias)
{
    int length = (int)(alias->end - alias->start);
    for (size_t i = 0; i + 1 < b->plan->alias_count; i++)
        if (b->aliases[i].name == alias->name)
            return;
    note(b, arena_format(b->arena, "%.*s = %s", length,
                         b->request->question + alias->start,
                         alias->name->name));
}

static void aliases_of(void *context, struct request_node *node)
{
    struct builder *b = context;
    const char *text = b->request->question;
    if (node->kind != REQUEST_WORDS || node->mark == REQUEST_MUST_NOT)
        return;
    size_t end = stretch_end(node), after = 0;
    if (b->plan->alias_count)
        after = b->aliases[b->plan->alias_count - 1].end;
    for (size_t i = 0; i < node->word_count; i++) {
        const struct alias_name *name;
        size_t start = node->words[i].start;
        size_t length = start < after ? 0
                                      : alias_find(&name, b->index->aliases,
                                                   text, end, start);
        if (!length)
            continue;
        struct expand_alias *alias = arena_push(
            b->arena, &b->aliases, &b->plan->alias_count, &b->alias_room);
        *alias = (struct expand_alias){node, start, start + length, name};
        after = alias->end;
        alias_note(b, alias);
    }
    b->plan->aliases = b->aliases;
}

/* The alias that begins at this byte. */
static const struct expand_alias *alias_at(const struct builder *b, size_t byte)
{
    for (size_t i = 0; i < b->plan->alias_count; i++)
        if (b->aliases[i].start == byte)
            return &b->aliases[i];
    return NULL;
}

/* ------------------------------------------------------------------ leaves */

/* The words in order, in the stems of each row; each distinct phrase once. */
typedef dateline_status window_make(struct xapian_query **out,
                                    const struct xapian_bytes *terms,
                                    size_t count, unsigned window,
                                    dateline_error *error);

static bool same_terms(const struct terms *a, const struct terms *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!same_bytes(a->items[i], b->items[i]))
            return false;
    return true;
}

static struct xapian_query *window_query(struct builder *b, const char *prefix,
                                         const struct request_node *node,
                                         unsigned window, window_make *make)
{
    struct queries parts = {0};
    struct terms seen[STEM_ROWS];
    size_t count = node->word_count, distinct = 0;
    if (make == xapian_query_phrase && count > PHRASE_WORDS)
        window = (unsigned)(count = PHRASE_WORDS);
    for (size_t row = 0; row < b->index->stems->count && !b->status; row++) {
        struct terms terms = {0};
        for (size_t i = 0; i < count; i++)
            add_term(b, &terms, stem_of(b, row, prefix, &node->words[i]));
        bool old = false;
        for (size_t i = 0; i < distinct && !old; i++)
            old = same_terms(&terms, &seen[i]);
        if (old)
            continue;
        seen[distinct++] = terms;
        struct xapian_query *query = NULL;
        add_query(b, &parts, keep(b, make(&query, terms.items, terms.count,
                                          window, b->error), &query));
    }
    return combine(b, XAPIAN_OR, &parts);
}

/* A single word in any of its stems, or several next to one another. */
static struct xapian_query *phrase_query(struct builder *b, const char *prefix,
                                         const struct request_node *node)
{
    if (!node->word_count)
        return NULL;
    if (node->word_count > 1)
        return window_query(b, prefix, node, (unsigned)node->word_count,
                            xapian_query_phrase);
    struct terms terms = variants(b, prefix, &node->words[0], true);
    return synonym(b, &terms, 1);
}

/* What a quote, or a word that is required, asks of passages; phrases of a
 * title have positions under its own prefix. */
static struct xapian_query *exact_query(struct builder *b,
                                        const struct request_node *node)
{
    struct xapian_query *query = phrase_query(b, "", node);
    if (node->word_count > 1 && !b->options->passages)
        query = both(b, XAPIAN_OR, query, phrase_query(b, FIELD_TITLE, node));
    return query;
}

static struct xapian_query *near_query(struct builder *b,
                                       const struct request_node *node)
{
    unsigned window =
        node->window * (unsigned)(node->word_count - 1) + 1;
    return window_query(b, "", node, window, xapian_query_near);
}

/* Required words may also be met by the entity that an alias among them names. */
static struct xapian_query *words_query(struct builder *b,
                                        const struct request_node *node)
{
    struct xapian_query *query = exact_query(b, node);
    for (size_t i = 0; i < b->plan->alias_count; i++) {
        const struct expand_alias *alias = &b->aliases[i];
        if (alias->start >= node->start && alias->end <= node->end)
            query = both(b, XAPIAN_OR, query, entity_query(b, alias->name));
    }
    return query;
}

/* ------------------------------------------------------------------- stars */

struct star {
    struct builder *b;
    const char *prefix;
    struct terms terms;
    size_t words;
};

/* A word of the vocabulary, in the stems of all rows. */
static bool star_word(void *context, struct xapian_bytes name,
                      struct xapian_bytes value, uint32_t frequency)
{
    struct star *star = context;
    struct builder *b = star->b;
    (void)value, (void)frequency;
    if (++star->words > LIMIT_WILDCARD_TERMS)
        return false;
    struct xapian_bytes last = {0};
    for (size_t row = 0; row < b->index->stems->count; row++) {
        struct xapian_bytes stem =
            stems_stem(b->index->stems, row, name.bytes, name.length);
        struct xapian_bytes term =
            term_of(b, star->prefix, stem.bytes, stem.length);
        if (last.length && same_bytes(last, term))
            continue;
        add_term(b, &star->terms, last = term);
    }
    return true;
}

static bool star_term(void *context, struct xapian_bytes name,
                      struct xapian_bytes value, uint32_t frequency)
{
    struct star *star = context;
    (void)value, (void)frequency;
    if (++star->words > LIMIT_WILDCARD_TERMS)
        return false;
    add_term(star->b, &star->terms,
             term_of(star->b, "", name.bytes, name.length));
    return true;
}

static int term_order(const void *a, const void *b)
{
    const struct xapian_bytes *x = a, *y = b;
    size_t least = x->length < y->length ? x->length : y->length;
    int order = memcmp(x->bytes, y->bytes, least);
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

static void terms_once(struct terms *terms)
{
    size_t kept = 0;
    if (terms->count)
        qsort(terms->items, terms->count, sizeof *terms->items, term_order);
    for (size_t i = 0; i < terms->count; i++)
        if (!kept || !same_bytes(terms->items[kept - 1], terms->items[i]))
            terms->items[kept++] = terms->items[i];
    terms->count = kept;
}

static struct xapian_query *star_end(struct builder *b, struct star *star,
                                     const struct request_node *node,
                                     dateline_status status)
{
    if (!status && star->words > LIMIT_WILDCARD_TERMS)
        status = error_at(b->error, DATELINE_BAD_QUERY, node->start,
                          "more than %d words begin like this: add letters",
                          LIMIT_WILDCARD_TERMS);
    if (status) {
        b->status = status;
        return NULL;
    }
    terms_once(&star->terms);
    return star->terms.count ? synonym(b, &star->terms, 1) : nothing(b);
}

static struct xapian_query *star_query(struct builder *b, const char *prefix,
                                       const struct request_node *node)
{
    const struct request_word *word = &node->words[0];
    struct star star = {.b = b, .prefix = prefix};
    if (b->status)
        return NULL;
    dateline_status status = xapian_reader_words(
        b->index->reader, (struct xapian_bytes){word->term, word->length},
        star_word, &star, b->error);
    return star_end(b, &star, node, status);
}

/* ------------------------------------------------------------------- dates */

static struct xapian_query *range_query(struct builder *b, const char *since,
                                        const char *until)
{
    struct xapian_query *query = NULL;
    struct xapian_bytes begin = {since, strlen(since)};
    struct xapian_bytes end = {until, strlen(until)};
    if (!begin.length)
        begin = (struct xapian_bytes){"0", 1}; /* after no date at all */
    return keep(b, xapian_query_range(&query, FIELD_SLOT_DATE, begin, end,
                                      b->error), &query);
}

/* From the first day on: the largest unit that the range holds whole, as a
 * term; moves the day past it. */
static void date_unit(struct buffer *term, dateline_date *day,
                      const char *until)
{
    int y = day->year, m = day->month, d = day->day;
    struct buffer year = {0}, month = {0};
    buffer_format(&year, "%04d1231", y);
    buffer_format(&month, "%04d%02d31", y, m);
    bool whole_year = m == 1 && d == 1 && strcmp(year.bytes, until) <= 0;
    bool whole_month = d == 1 && strncmp(month.bytes, until, 8) <= 0;
    term->length = 0;
    if (d == 1 && !whole_month && !strncmp(month.bytes, until, 6)) {
        dateline_date next = *day; /* a month that is shorter than 31 days */
        for (next.day = 31; !date_is_valid(y, m, next.day); next.day--)
            ;
        whole_month = next.day <= atoi(until + 6);
    }
    if (whole_year)
        buffer_format(term, FIELD_YEAR "%04d", y), day->year++;
    else if (whole_month)
        buffer_format(term, FIELD_MONTH "%04d%02d", y, m), day->month++;
    else
        buffer_format(term, FIELD_DAY "%04d%02d%02d", y, m, d), day->day++;
    if (day->month > 12)
        day->year++, day->month = 1;
    if (!date_is_valid(day->year, day->month, day->day))
        day->day = 1, day->month++;
    if (day->month > 12)
        day->year++, day->month = 1;
    buffer_free(&year);
    buffer_free(&month);
}

static int figures(const char *text, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* Terms of years, months and days where a few of them cover the range: half
 * the price of comparing values. */
static struct xapian_query *dates_query(struct builder *b, const char *since,
                                        const char *until)
{
    if (b->status || (!*since && !*until))
        return NULL;
    if (!*since || !*until)
        return range_query(b, since, until);
    struct queries parts = {0};
    struct buffer term = {0};
    dateline_date day = {.year = figures(since, 4),
                         .month = figures(since + 4, 2),
                         .day = figures(since + 6, 2)};
    int last = figures(until, 8);
    while (parts.count <= DATE_TERMS && day.year <= 9999 &&
           day.year * 10000 + day.month * 100 + day.day <= last) {
        date_unit(&term, &day, until);
        add_query(b, &parts,
                  term_query(b, term_of(b, "", term.bytes, term.length), 1));
        if (b->status)
            break;
    }
    buffer_free(&term);
    return parts.count > DATE_TERMS ? range_query(b, since, until)
                                    : combine(b, XAPIAN_OR, &parts);
}

/* ------------------------------------------------------------------ fields */

static const char *type_name(const char *value, size_t length)
{
    static const char *const rows[][2] = {
#define X(name, letter, colour, text) {#name, text},
        DATELINE_ENTITY_TYPES(X)
#undef X
    };
    char copy[32];
    if (length >= sizeof copy)
        return NULL;
    memcpy(copy, value, length);
    copy[length] = '\0';
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_equal_ascii(copy, rows[i][0]) ||
            text_equal_ascii(copy, rows[i][1]))
            return rows[i][0];
    return NULL;
}

static struct xapian_query *type_error(struct builder *b,
                                       const struct request_node *node)
{
    struct buffer names = {0};
#define X(name, letter, colour, text) buffer_text(&names, " " #name);
    DATELINE_ENTITY_TYPES(X)
#undef X
    b->status = error_at(b->error, DATELINE_BAD_QUERY, node->start,
                         "no such type of entity; take one of:%s",
                         names.bytes);
    buffer_free(&names);
    return NULL;
}

/* The name that the index keeps: of an alias the canonical one. */
static void entity_value(const struct builder *b, const char **value,
                         size_t *length)
{
    const struct alias_name *name;
    if (alias_find(&name, b->index->aliases, *value, *length, 0) == *length) {
        *value = name->name;
        *length = strlen(name->name);
    }
}

static void unknown_note(struct builder *b, const struct request_node *node,
                         struct xapian_bytes term)
{
    uint64_t documents = 1;
    if (b->level == PASSAGE && node->mark != REQUEST_MUST_NOT && !b->status)
        b->status = xapian_reader_frequency(&documents, b->index->reader, term,
                                            b->error);
    if (!documents)
        note(b, arena_format(b->arena, "nothing here has %s:%.*s",
                             node->field->name, (int)node->value_length,
                             node->value));
}

static struct xapian_query *value_query(struct builder *b,
                                        const struct request_node *node)
{
    const char *value = node->value;
    size_t length = node->value_length;
    if (!strcmp(node->field->prefix, FIELD_TYPE) && !node->star) {
        value = type_name(value, length);
        if (!value)
            return type_error(b, node);
        length = strlen(value);
    }
    if (!strcmp(node->field->prefix, FIELD_ENTITY) && !node->star)
        entity_value(b, &value, &length);
    char bytes[LIMIT_TERM_BYTES + 1];
    size_t size = field_value_term(bytes, node->field, value, length);
    if (!size)
        return nothing(b);
    struct xapian_bytes term = term_of(b, "", bytes, size);
    if (!node->star) {
        unknown_note(b, node, term);
        return term_query(b, term, 1);
    }
    struct star star = {.b = b};
    return b->status ? NULL
                     : star_end(b, &star, node,
                                xapian_reader_terms(b->index->reader, term,
                                                    star_term, &star,
                                                    b->error));
}

static struct xapian_query *field_query(struct builder *b,
                                        const struct request_node *node)
{
    if (node->kind == REQUEST_DATES)
        return dates_query(b, node->since, node->until);
    if (!(node->field->use & FIELD_WORDS))
        return value_query(b, node);
    if (!node->word_count)
        return nothing(b);
    return node->star && node->word_count == 1
               ? star_query(b, node->field->prefix, node)
               : phrase_query(b, node->field->prefix, node);
}

/* Values of one field are alternatives; words of a title and open ranges are
 * not. */
static bool are_alternatives(const struct request_node *a,
                             const struct request_node *b)
{
    if (a->mark != b->mark || a->kind != b->kind)
        return false;
    if (a->kind == REQUEST_DATES)
        return *a->since && *a->until && *b->since && *b->until;
    return a->kind == REQUEST_FIELD && a->field == b->field &&
           !(a->field->use & FIELD_WORDS);
}

static bool is_field(const struct request_node *node)
{
    return node->kind == REQUEST_FIELD || node->kind == REQUEST_DATES;
}

/* node is a field that is required: it and its alternatives further on; none
 * when it was asked together with an earlier one. */
static struct xapian_query *filter_group(struct builder *b,
                                         const struct request_node *list,
                                         const struct request_node *node)
{
    for (const struct request_node *n = list->child; n != node; n = n->next)
        if (are_alternatives(n, node))
            return NULL;
    struct queries parts = {0};
    add_query(b, &parts, field_query(b, node));
    for (const struct request_node *n = node->next; n; n = n->next)
        if (are_alternatives(node, n))
            add_query(b, &parts, field_query(b, n));
    return combine(b, XAPIAN_OR, &parts);
}

/* ------------------------------------------------------------------- lists */

static struct xapian_query *build(struct builder *b,
                                  const struct request_node *node, bool strict);

/* What an alias means counts as its word does, or beside its words. */
static void rank_alias(struct builder *b, struct ranking *ranking,
                       const struct expand_alias *alias,
                       const struct request_word *word)
{
    struct terms terms = {0};
    struct xapian_bytes entity = entity_term(b, alias->name);
    if (word->end >= alias->end)
        terms = ranked_variants(b, word);
    if (entity.length)
        add_term(b, &terms, entity);
    if (terms.count)
        rank_terms(b, ranking, terms);
}

static void rank_node(struct builder *b, const struct request_node *node,
                      struct ranking *ranking)
{
    for (size_t i = 0; i < node->word_count; i++) {
        const struct request_word *word = &node->words[i];
        const struct expand_alias *alias = alias_at(b, word->start);
        if (alias)
            rank_alias(b, ranking, alias, word);
        if (!alias || word->end < alias->end)
            rank_word(b, ranking, node->words, i);
    }
}

struct parts {
    struct queries may, must, not, filters;
    struct ranking ranking;
};

static void part_build(struct builder *b, struct parts *parts,
                       const struct request_node *list,
                       const struct request_node *node, bool strict)
{
    if (node->mark == REQUEST_MUST_NOT) {
        /* a quote that is excluded is left to verification: its stems would
         * exclude too much */
        if (node->kind != REQUEST_QUOTE && node->kind != REQUEST_STAR)
            add_query(b, &parts->not,
                      is_field(node) ? field_query(b, node)
                                     : build(b, node, true));
    } else if (is_field(node)) {
        add_query(b, &parts->filters, filter_group(b, list, node));
    } else if (node->mark == REQUEST_MUST) {
        add_query(b, &parts->must, build(b, node, true));
    } else if (node->kind == REQUEST_WORDS && !strict) {
        rank_node(b, node, &parts->ranking);
    } else if (node->kind == REQUEST_QUOTE && !strict) {
        rank_node(b, node, &parts->ranking);
        if (node->word_count > 1 && b->level == PASSAGE)
            add_query(b, &parts->may, phrase_query(b, "", node));
    } else {
        add_query(b, &parts->may, build(b, node, strict));
    }
}

static struct xapian_query *list_query(struct builder *b,
                                       const struct request_node *list,
                                       bool strict)
{
    struct parts parts = {0};
    for (const struct request_node *n = list->child; n; n = n->next)
        part_build(b, &parts, list, n, strict);
    add_query(b, &parts.may, ranking_query(b, &parts.ranking));
    struct xapian_query *query = combine(b, XAPIAN_OR, &parts.may);
    struct xapian_query *must = combine(b, XAPIAN_AND, &parts.must);
    if (must)
        query = both(b, XAPIAN_AND_MAYBE, must, query);
    struct xapian_query *filter = combine(b, XAPIAN_AND, &parts.filters);
    struct xapian_query *not = combine(b, XAPIAN_OR, &parts.not);
    if (!query && (filter || not))
        query = everything(b);
    return both(b, XAPIAN_AND_NOT, both(b, XAPIAN_FILTER, query, filter), not);
}

static bool is_only_stop_words(const struct request_node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        if (!node->words[i].stop)
            return false;
    return node->kind == REQUEST_WORDS;
}

/* A list of nothing but exclusions, beside AND. */
static bool only_excludes(const struct request_node *node)
{
    if (node->kind != REQUEST_LIST)
        return false;
    for (const struct request_node *n = node->child; n; n = n->next)
        if (n->mark != REQUEST_MUST_NOT)
            return false;
    return true;
}

static struct xapian_query *chain_query(struct builder *b,
                                        const struct request_node *node,
                                        bool strict)
{
    struct queries parts = {0};
    bool all = node->kind == REQUEST_AND;
    for (const struct request_node *n = node->child; n; n = n->next)
        if (!all || !only_excludes(n) || n == node->child)
            add_query(b, &parts, build(b, n, strict || all));
    struct xapian_query *query =
        combine(b, all ? XAPIAN_AND : XAPIAN_OR, &parts);
    for (const struct request_node *n = node->child->next; all && n; n = n->next)
        if (only_excludes(n))
            query = both(b, XAPIAN_FILTER, query, build(b, n, true));
    return query;
}

static struct xapian_query *build(struct builder *b,
                                  const struct request_node *node, bool strict)
{
    if (b->status)
        return NULL;
    switch (node->kind) {
    case REQUEST_WORDS:
        return strict && node->mark == REQUEST_MAY && is_only_stop_words(node)
                   ? NULL
                   : words_query(b, node);
    case REQUEST_QUOTE:
        return exact_query(b, node);
    case REQUEST_STAR:
        return star_query(b, text_prefix(b), node);
    case REQUEST_NEAR:
        return near_query(b, node);
    case REQUEST_FIELD:
    case REQUEST_DATES:
        return field_query(b, node);
    case REQUEST_LIST:
        return list_query(b, node, strict);
    case REQUEST_ALL:
        return everything(b);
    default:
        return chain_query(b, node, strict);
    }
}

/* ----------------------------------------------- what the question is about */

/* True for conditions that a passage meets, not an article. */
static bool is_by_passage(const struct request_node *node)
{
    switch (node->kind) {
    case REQUEST_STAR: case REQUEST_NEAR: case REQUEST_AND:
        return true;
    case REQUEST_WORDS: case REQUEST_QUOTE:
        return node->mark != REQUEST_MAY;
    case REQUEST_FIELD:
        return node->field->shape == FIELD_NOT_FACT ||
               (node->field->use & FIELD_WORDS);
    case REQUEST_LIST: case REQUEST_OR:
        if (node->mark != REQUEST_MAY)
            return true;
        for (const struct request_node *n = node->child; n; n = n->next)
            if (is_by_passage(n))
                return true;
        return false;
    default:
        return false;
    }
}

static void find_exact(void *context, struct request_node *node)
{
    bool *found = context;
    *found |= (node->kind == REQUEST_QUOTE && node->mark != REQUEST_MAY) ||
              node->kind == REQUEST_STAR ||
              (node->kind == REQUEST_FIELD && node->quoted &&
               (node->field->use & FIELD_WORDS));
}

static void find_ranked(void *context, struct request_node *node)
{
    bool *found = context;
    *found |= node->word_count && !is_field(node) &&
              node->mark != REQUEST_MUST_NOT;
}

/* Stop words that each language of the index has in the question. */
struct stop_count {
    struct builder *b;
    size_t counts[STEM_LANGUAGES], most;
    bool kept; /* a word is left that is none */
};

static void stop_count(void *context, struct request_node *node)
{
    struct stop_count *stop = context;
    const struct stems *stems = stop->b->index->stems;
    if (is_field(node))
        return;
    for (size_t i = 0; i < node->word_count; i++)
        for (size_t l = 0; l < stems->language_count; l++)
            if (language_is_stop_word(stems->languages[l],
                                      node->words[i].term) &&
                ++stop->counts[l] > stop->most)
                stop->most = stop->counts[l];
}

static void stop_mark(void *context, struct request_node *node)
{
    struct stop_count *stop = context;
    const struct stems *stems = stop->b->index->stems;
    for (size_t i = 0; i < node->word_count && !is_field(node); i++) {
        struct request_word *word = &node->words[i];
        for (size_t l = 0; l < stems->language_count && !word->stop; l++)
            word->stop = stop->counts[l] == stop->most &&
                         language_is_stop_word(stems->languages[l], word->term);
        stop->kept |= !word->stop && node->mark != REQUEST_MUST_NOT;
    }
}

static void stop_clear(void *context, struct request_node *node)
{
    (void)context;
    for (size_t i = 0; i < node->word_count; i++)
        node->words[i].stop = false;
}

/* The question's languages are those most of its stop words belong to. Their
 * stop words do not rank, and their stems are asked however rare they are. */
static void languages_choose(struct builder *b)
{
    enum { SURE = 2 };
    const struct stems *stems = b->index->stems;
    struct stop_count stop = {.b = b};
    for (size_t row = 0; row < stems->count; row++)
        b->rows[row] = stems->rows[row].common;
    request_walk(b->request->root, stop_count, &stop);
    if (!stop.most)
        return;
    request_walk(b->request->root, stop_mark, &stop);
    if (!stop.kept)
        request_walk(b->request->root, stop_clear, NULL);
    for (size_t l = 0; l < stems->language_count && stop.most >= SURE; l++)
        if (stop.counts[l] == stop.most) {
            size_t row = stems_row(stems, stems->languages[l]->code);
            if (row < stems->count)
                b->rows[row] = true;
        }
}

/* ---------------------------------------------------------------- the plan */

/* Every word that is asked for, conditions forgotten. */
static void flatten(struct builder *b, const struct request_node *node,
                    struct ranking *ranking, struct queries *parts)
{
    if (node->mark == REQUEST_MUST_NOT || is_field(node))
        return;
    if (node->kind == REQUEST_STAR)
        add_query(b, parts, star_query(b, text_prefix(b), node));
    else
        rank_node(b, node, ranking);
    for (const struct request_node *n = node->child; n; n = n->next)
        flatten(b, n, ranking, parts);
}

static struct xapian_query *flat_query(struct builder *b)
{
    struct ranking ranking = {0};
    struct queries parts = {0};
    flatten(b, b->request->root, &ranking, &parts);
    add_query(b, &parts, ranking_query(b, &ranking));
    return combine(b, XAPIAN_OR, &parts);
}

static struct xapian_query *level_query(struct builder *b, enum level level)
{
    b->level = level;
    struct queries filters = {0};
    struct xapian_query *query = build(b, b->request->root, false);
    if (!query)
        query = everything(b);
    add_query(b, &filters,
              filter_query(b, level == ARTICLE ? FIELD_KIND "article"
                                               : FIELD_KIND "passage"));
    add_query(b, &filters,
              dates_query(b, b->options->since, b->options->until));
    return both(b, XAPIAN_FILTER, query, combine(b, XAPIAN_AND, &filters));
}

/* Takes a query out of those that will be released. */
static struct xapian_query *hand_out(struct builder *b,
                                     struct xapian_query *query)
{
    for (size_t i = 0; query && i < b->made.count; i++)
        if (b->made.items[i] == query)
            b->made.items[i] = NULL;
    return query;
}

dateline_status expand_request(struct expand_plan *out, struct arena *arena,
                               struct request *request,
                               const struct expand_index *index,
                               const struct expand_options *options,
                               dateline_error *error)
{
    struct expand_plan plan = {0};
    struct builder b = {.arena = arena, .request = request, .index = index,
                        .options = options, .plan = &plan, .error = error};
    languages_choose(&b);
    request_walk(request->root, aliases_of, &b);
    request_walk(request->root, find_exact, &plan.verify);
    request_walk(request->root, find_ranked, &plan.ranked);
    plan.by_passage = is_by_passage(request->root);
    struct xapian_query *passages = level_query(&b, PASSAGE);
    b.level = ARTICLE;
    struct xapian_query *words = flat_query(&b);
    struct xapian_query *articles =
        plan.by_passage ? NULL : level_query(&b, ARTICLE);
    if (!b.status) {
        plan.passages = hand_out(&b, passages);
        plan.words = hand_out(&b, words);
        plan.articles = hand_out(&b, articles);
        *out = plan;
    }
    for (size_t i = 0; i < b.made.count; i++)
        xapian_query_free(b.made.items[i]);
    return b.status;
}

dateline_status expand_keys(struct xapian_query **out,
                            const struct xapian_query *query,
                            const struct xapian_bytes *keys, size_t count,
                            dateline_error *error)
{
    struct xapian_query **terms = calloc(count + 1, sizeof(void *));
    struct xapian_query *any = NULL, *all = NULL;
    dateline_status status = DATELINE_OK;
    if (!terms)
        return error_set(error, DATELINE_NO_MEMORY, "out of memory");
    for (size_t i = 0; i < count && !status; i++)
        status = xapian_query_term(&terms[i], keys[i], 1, error);
    if (!status)
        status = xapian_query_combine(&any, XAPIAN_OR, terms, count, error);
    if (!status && !query)
        status = xapian_query_all(&all, error);
    if (!status) {
        struct xapian_query *parts[] = {
            query ? (struct xapian_query *)query : all, any};
        status = xapian_query_combine(out, XAPIAN_FILTER, parts, 2, error);
    }
    for (size_t i = 0; i < count; i++)
        xapian_query_free(terms[i]);
    xapian_query_free(any);
    xapian_query_free(all);
    free(terms);
    return status;
}

void expand_release(struct expand_plan *plan)
{
    xapian_query_free(plan->passages);
    xapian_query_free(plan->articles);
    xapian_query_free(plan->words);
    plan->passages = plan->articles = plan->words = NULL;
}
