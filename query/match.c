/* The leaves of a request go into one table of words: stems of ranked words,
 * first words of quotes. A text is cut into words once; each word is looked up
 * as it stands and by its stem. */
#include "query/match.h"

#include "query/span.h"

#include <stdlib.h>
#include <string.h>

/* A distinct word of the question that ranks, in whatever stem. */
struct weighed {
    double weight;   /* the rarer, the more */
    unsigned inside; /* how often it is in the window at hand */
    size_t number;   /* of the parts of the question */
    struct xapian_bytes stem;
    struct weighed *next;
};

/* What a word of the table tells of. */
enum entry_kind { ENTRY_STEM, ENTRY_QUOTE };

struct entry {
    enum entry_kind kind;
    const char *term;
    size_t length;
    const struct request_node *node;
    struct weighed *weighed; /* of a stem */
    bool marked;        /* its spans are shown: not what is excluded */
    struct entry *next; /* in its slot */
};

/* A text_word of the text, kept. */
struct word {
    size_t start, end;
    char term[TEXT_TERM_BYTES];
    size_t length;
    struct weighed *weighed; /* or NULL */
};

struct match {
    struct arena *arena;
    const struct request *request;
    const struct expand_plan *plan;
    struct stems *stems;
    const struct alias_list *aliases;
    struct entry **slots;
    size_t slot_count; /* a power of two */
    struct weighed *weighed;
    size_t weighed_count;
    double heaviest;   /* what a quote, a cut-off word or an alias weighs */
    const struct request_node **stars;
    size_t star_count, star_room;
    bool *seen;        /* by node id: found in the text at hand */
    struct word *words;
    size_t word_count, word_room;
    struct match_point *points;
    size_t point_count, point_room;
    const struct needles *needles; /* or NULL */
    const struct stored_passage *passage; /* being verified */
};

/* ------------------------------------------------------------- the table */

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static size_t hash(const char *bytes, size_t length)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)bytes[i]) * 1099511628211u;
    return (size_t)(h ^ h >> 29);
}

static void entry_add(struct match *match, enum entry_kind kind,
                      const char *term, size_t length,
                      const struct request_node *node,
                      struct weighed *weighed, bool marked)
{
    struct entry **slot =
        &match->slots[hash(term, length) & (match->slot_count - 1)];
    for (struct entry *e = *slot; e; e = e->next)
        if (e->kind == kind && e->node == node && e->length == length &&
            !memcmp(e->term, term, length))
            return;
    struct entry *entry = arena_new(match->arena, struct entry);
    *entry = (struct entry){kind, arena_copy(match->arena, term, length),
                            length, node, weighed, marked, *slot};
    *slot = entry;
}

/* The word of that stem, which may stand in the question twice. */
static struct weighed *weighed_of(struct match *match,
                                  struct xapian_bytes stem)
{
    struct entry *e =
        match->slots[hash(stem.bytes, stem.length) & (match->slot_count - 1)];
    for (; e; e = e->next)
        if (e->weighed && e->length == stem.length &&
            !memcmp(e->term, stem.bytes, stem.length))
            return e->weighed;
    struct weighed *weighed = arena_new(match->arena, struct weighed);
    weighed->stem.bytes = arena_copy(match->arena, stem.bytes, stem.length);
    weighed->stem.length = stem.length;
    weighed->number = match->weighed_count++;
    weighed->next = match->weighed;
    return match->weighed = weighed;
}

/* A word in the stem of every row. */
static void term_add(struct match *match, const char *term, size_t length,
                     const struct request_node *node, struct weighed *weighed,
                     bool marked)
{
    for (size_t row = 0; row < match->stems->count; row++) {
        struct xapian_bytes stem = stems_stem(match->stems, row, term, length);
        entry_add(match, ENTRY_STEM, stem.bytes, stem.length, node, weighed,
                  marked);
    }
}

static void stems_add(struct match *match, const struct request_node *node,
                      bool marked)
{
    for (size_t i = 0; i < node->word_count; i++) {
        const struct request_word *word = &node->words[i];
        if (word->stop && node->mark == REQUEST_MAY)
            continue;
        struct weighed *weighed = weighed_of(
            match, stems_stem(match->stems, 0, word->term, word->length));
        term_add(match, word->term, word->length, node, weighed, marked);
        for (size_t f = 0; f < word->form_count; f++)
            term_add(match, word->forms[f].term, word->forms[f].length, node,
                     weighed, marked);
    }
}

static void node_add(struct match *match, const struct request_node *node,
                     bool marked)
{
    marked &= node->mark != REQUEST_MUST_NOT;
    switch (node->kind) {
    case REQUEST_WORDS: case REQUEST_NEAR:
        stems_add(match, node, marked);
        break;
    case REQUEST_QUOTE:
        if (node->word_count)
            entry_add(match, ENTRY_QUOTE, node->words[0].term,
                      node->words[0].length, node, NULL, marked);
        if (node->mark == REQUEST_MAY)
            stems_add(match, node, marked);
        break;
    case REQUEST_STAR: {
        const struct request_node **place = arena_push(
            match->arena, &match->stars, &match->star_count, &match->star_room);
        *place = node;
        break;
    }
    default:
        break;
    }
    for (const struct request_node *n = node->child; n; n = n->next)
        node_add(match, n, marked);
}

struct match *match_new(struct arena *arena, const struct request *request,
                        const struct expand_plan *plan,
                        const struct expand_index *index)
{
    struct match *match = arena_new(arena, struct match);
    *match = (struct match){.arena = arena, .request = request, .plan = plan,
                            .stems = index->stems,
                            .aliases = index->aliases, .slot_count = 64};
    while (match->slot_count < 4 * request->word_count)
        match->slot_count *= 2;
    match->slots = arena_array(arena, struct entry *, match->slot_count);
    match->seen = arena_array(arena, bool, request->node_count + 1);
    match->heaviest = 1;
    node_add(match, request->root, true);
    return match;
}

/* ---------------------------------------------------------- a text's words */

static void words_read(struct match *match, const char *text, size_t length)
{
    struct text_word word;
    size_t at = 0;
    match->word_count = 0;
    while (text_word(&word, text, length, &at)) {
        struct word *kept = arena_push(match->arena, &match->words,
                                       &match->word_count, &match->word_room);
        kept->weighed = NULL;
        kept->start = word.start;
        kept->end = word.end;
        kept->length = word.length;
        memcpy(kept->term, word.term, (size_t)word.length + 1);
    }
}

struct found {
    struct match *match;
    dateline_span *spans; /* NULL: only what was seen is asked */
    size_t count, room;
    struct arena *arena;
};

/* A part of the question at word i: a word that ranks by its number, quotes,
 * cut-off words and aliases, which have no stem, by their node's. */
static void point_add(struct match *match, size_t i, size_t end,
                      const struct weighed *weighed,
                      const struct request_node *node)
{
    struct match_point *point =
        arena_push(match->arena, &match->points, &match->point_count,
                   &match->point_room);
    *point = (struct match_point){
        .start = match->words[i].start,
        .end = end,
        .word = i,
        .part = weighed ? weighed->number : match->weighed_count + node->id,
        .weight = weighed ? weighed->weight : match->heaviest,
    };
}

static void span_add(struct found *found, size_t start, size_t end)
{
    if (!found->arena)
        return;
    dateline_span *span =
        arena_push(found->arena, &found->spans, &found->count, &found->room);
    *span = (dateline_span){start, end};
}

/* The quote's words stand from word i on. */
static bool quote_stands(const struct match *match,
                         const struct request_node *node, size_t i)
{
    if (node->word_count > match->word_count - i)
        return false;
    for (size_t w = 0; w < node->word_count; w++)
        if (match->words[i + w].length != node->words[w].length ||
            memcmp(match->words[i + w].term, node->words[w].term,
                   node->words[w].length))
            return false;
    return true;
}

static void look_up(struct found *found, size_t i, enum entry_kind kind,
                    const char *term, size_t length)
{
    struct match *match = found->match;
    struct entry *e =
        match->slots[hash(term, length) & (match->slot_count - 1)];
    for (; e; e = e->next) {
        if (e->kind != kind || e->length != length ||
            memcmp(e->term, term, length))
            continue;
        size_t last = i;
        if (kind == ENTRY_QUOTE) {
            if (!quote_stands(match, e->node, i))
                continue;
            last = i + e->node->word_count - 1;
        }
        match->seen[e->node->id] = true;
        if (e->weighed && e->marked)
            match->words[i].weighed = e->weighed;
        if (e->marked) {
            point_add(match, i, match->words[last].end, e->weighed, e->node);
            span_add(found, match->words[i].start, match->words[last].end);
        }
    }
}

static bool begins(const char *word, size_t length,
                   const struct request_word *star)
{
    return length >= star->length && !memcmp(word, star->term, star->length);
}

/* A star without accents stands for words with them too. */
static bool star_holds(const struct word *word, const struct request_word *star)
{
    if (begins(word->term, word->length, star))
        return true;
    if (text_ascii(star->term, star->length) < star->length ||
        text_ascii(word->term, word->length) == word->length)
        return false;
    struct arena scratch = ARENA_INIT;
    const char *plain = text_fold_marks(&scratch, word->term, word->length);
    size_t length = strlen(plain);
    bool holds = text_ascii(plain, length) == length &&
                 begins(plain, length, star);
    arena_release(&scratch);
    return holds;
}

static void look_up_stars(struct found *found, size_t i)
{
    struct match *match = found->match;
    const struct word *word = &match->words[i];
    for (size_t s = 0; s < match->star_count; s++) {
        const struct request_node *node = match->stars[s];
        if (!star_holds(word, &node->words[0]))
            continue;
        match->seen[node->id] = true;
        if (node->mark == REQUEST_MUST_NOT)
            continue;
        point_add(match, i, word->end, NULL, node);
        span_add(found, word->start, word->end);
    }
}

/* A surface, of an alias that the question names, at this word. */
static void look_up_alias(struct found *found, const char *text, size_t length,
                          size_t i)
{
    struct match *match = found->match;
    const struct alias_name *name;
    size_t start = match->words[i].start;
    size_t size = alias_find(&name, match->aliases, text, length, start);
    for (size_t a = 0; size && a < match->plan->alias_count; a++) {
        const struct expand_alias *alias = &match->plan->aliases[a];
        if (alias->name != name)
            continue;
        match->seen[alias->node->id] = true;
        if (!match->words[i].weighed)
            point_add(match, i, start + size, NULL, alias->node);
        span_add(found, start, start + size);
    }
}

static void text_scan(struct found *found, const char *text, size_t length,
                      const char *language)
{
    struct match *match = found->match;
    size_t row = stems_row(match->stems, language);
    match->point_count = 0;
    words_read(match, text, length);
    for (size_t i = 0; i < match->word_count; i++) {
        const struct word *word = &match->words[i];
        look_up(found, i, ENTRY_QUOTE, word->term, word->length);
        struct xapian_bytes stem = {word->term, word->length};
        if (row < match->stems->count)
            stem = stems_stem(match->stems, row, word->term, word->length);
        look_up(found, i, ENTRY_STEM, stem.bytes, stem.length);
        look_up_stars(found, i);
        if (match->plan->alias_count)
            look_up_alias(found, text, length, i);
    }
}

void match_needles(struct match *match, const struct needles *needles)
{
    match->needles = needles;
}

static int point_order(const void *a, const void *b)
{
    const struct match_point *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/* Places of needles are points and spans like the words'. */
static void needles_scan(struct found *found, const char *text, size_t length)
{
    enum { MOST = 1000 }; /* of one needle in one text */
    struct match *match = found->match;
    dateline_span place = {0, 0};
    for (size_t n = 0; n < needles_count(match->needles); n++) {
        size_t from = 0;
        for (size_t i = 0;
             i < MOST && needle_next(&place, match->needles, n, text, length,
                                     from);
             i++, from = place.end) {
            struct match_point *point =
                arena_push(match->arena, &match->points, &match->point_count,
                           &match->point_room);
            *point = (struct match_point){
                .start = place.start, .end = place.end,
                .part = match_parts(match) - 1 - n, .weight = match->heaviest};
            span_add(found, place.start, place.end);
        }
    }
    if (match->needles && match->point_count)
        qsort(match->points, match->point_count, sizeof *match->points,
              point_order);
}

size_t match_find(dateline_span **out, struct arena *arena,
                  struct match *match, const char *text, size_t length,
                  const char *language)
{
    struct found found = {.match = match, .arena = arena};
    text_scan(&found, text, length, language);
    needles_scan(&found, text, length);
    *out = found.spans;
    return span_merge(found.spans, found.count);
}

/* ----------------------------------------------------------------- density */

void match_weigh(struct match *match, match_worth *worth, void *context)
{
    for (struct weighed *w = match->weighed; w; w = w->next) {
        w->weight = worth(context, w->stem);
        if (w->weight > match->heaviest)
            match->heaviest = w->weight;
    }
}

size_t match_points(const struct match_point **out, const struct match *match)
{
    *out = match->points;
    return match->point_count;
}

size_t match_parts(const struct match *match)
{
    return match->weighed_count + match->request->node_count + 1 +
           needles_count(match->needles);
}

double match_density(struct match *match, const char *text, size_t length,
                     const char *language)
{
    enum { WINDOW = 15 }; /* words: about a clause; 10 to 30 rank alike */
    struct found found = {.match = match};
    double sum = 0, best = 0;
    text_scan(&found, text, length, language);
    for (struct weighed *w = match->weighed; w; w = w->next)
        w->inside = 0;
    for (size_t i = 0; i < match->word_count; i++) {
        struct weighed *in = match->words[i].weighed;
        struct weighed *out =
            i < WINDOW ? NULL : match->words[i - WINDOW].weighed;
        if (in && !in->inside++)
            sum += in->weight;
        if (out && !--out->inside)
            sum -= out->weight;
        best = sum > best ? sum : best;
    }
    return best;
}

/* ------------------------------------------------------------ verification */

/* Kleene's three values; conditions that Xapian has decided are unknown here. */
enum truth { NO, UNKNOWN, YES };

static enum truth negate(enum truth truth)
{
    return truth == YES ? NO : truth == NO ? YES : UNKNOWN;
}

static bool ranks_nothing(const struct request_node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        if (!node->words[i].stop)
            return false;
    return true;
}

static enum truth evaluate(const struct match *match,
                           const struct request_node *node);

static enum truth evaluate_list(const struct match *match,
                                const struct request_node *list)
{
    enum truth must = YES, may = NO;
    bool required = false, optional = false;
    for (const struct request_node *n = list->child; n; n = n->next) {
        enum truth truth = evaluate(match, n);
        if (n->mark == REQUEST_MUST_NOT)
            truth = negate(truth);
        if (n->mark == REQUEST_MAY) {
            optional = true;
            may = truth > may ? truth : may;
        } else {
            required |= n->mark == REQUEST_MUST && n->kind != REQUEST_FIELD &&
                        n->kind != REQUEST_DATES;
            must = truth < must ? truth : must;
        }
    }
    return required || !optional ? must : may < must ? may : must;
}

static enum truth evaluate_amount(const struct match *match,
                                  const struct request_node *node)
{
    for (size_t i = 0; i < match->passage->entity_count; i++) {
        const dateline_entity *entity = &match->passage->entities[i];
        if (entity->type == DATELINE_MONEY &&
            amount_holds(&node->amount, entity->value))
            return YES;
    }
    return NO;
}

static enum truth evaluate(const struct match *match,
                           const struct request_node *node)
{
    enum truth truth = node->kind == REQUEST_AND ? YES : NO;
    switch (node->kind) {
    case REQUEST_WORDS:
        return match->seen[node->id]  ? YES
               : ranks_nothing(node) ? UNKNOWN
                                     : NO;
    case REQUEST_QUOTE: case REQUEST_STAR:
        return match->seen[node->id]  ? YES
               : !node->word_count   ? UNKNOWN
                                     : NO;
    case REQUEST_AMOUNT:
        return evaluate_amount(match, node);
    case REQUEST_LIST:
        return evaluate_list(match, node);
    case REQUEST_AND: case REQUEST_OR:
        for (const struct request_node *n = node->child; n; n = n->next) {
            enum truth other = evaluate(match, n);
            truth = (node->kind == REQUEST_AND) == (other < truth) ? other
                                                                   : truth;
        }
        return truth;
    default:
        return UNKNOWN;
    }
}

/* Quotes of title:"..." stand in the title. */
static bool title_holds(struct match *match, const struct request_node *node,
                        const char *title)
{
    bool holds = true;
    if (node->mark == REQUEST_MUST_NOT)
        return true;
    if (node->kind == REQUEST_FIELD && node->quoted && node->word_count) {
        words_read(match, title ? title : "", title ? strlen(title) : 0);
        holds = false;
        for (size_t i = 0; i < match->word_count && !holds; i++)
            holds = quote_stands(match, node, i);
    }
    for (const struct request_node *n = node->child; n && holds; n = n->next)
        holds = node->kind == REQUEST_OR || title_holds(match, n, title);
    return holds;
}

bool match_verify(struct match *match, const struct stored_passage *passage,
                  bool title)
{
    struct found found = {.match = match};
    const char *language = passage->facts.language;
    match->passage = passage;
    if (!needles_hold(match->needles, passage->text, passage->length))
        return false;
    memset(match->seen, 0, match->request->node_count * sizeof *match->seen);
    text_scan(&found, passage->text, passage->length, language);
    if (title && passage->facts.title)
        text_scan(&found, passage->facts.title, strlen(passage->facts.title),
                  language);
    return evaluate(match, match->request->root) != NO &&
           title_holds(match, match->request->root, passage->facts.title);
}
