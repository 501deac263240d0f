/* The leaves of a request go into one table of words: stems of ranked words,
 * first words of what stands in order. A text is cut into words once; each word is looked up
 * as it stands and by its stem. */
#include "query/match.h"

#include "common/hash.h"
#include "query/aliases.h"
#include "query/sequence.h"
#include "query/span.h"
#include "query/verify.h"

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

/* What a word of the table tells of: itself, or a sequence that it begins, by its
 * letters or its stem. */
enum entry_kind { ENTRY_WORD, ENTRY_LETTERS, ENTRY_STEMS };

struct entry {
    enum entry_kind kind;
    const char *term;
    size_t length;
    const struct request_node *node;
    struct weighed *weighed;         /* of a word that ranks */
    const struct sequence *sequence; /* that begins so */
    bool marked;        /* its spans are shown: not what is excluded */
    bool ranks;         /* a passage with it holds the word: ranking.h */
    struct entry *next; /* in its slot */
};

enum { STRANGE = 1024 /* places, for a few passages' words */ };

struct match {
    struct arena *arena;
    const struct request *request;
    const struct expand_plan *plan;
    struct stems *stems;
    const struct alias_list *aliases;
    struct entry **slots;
    size_t slot_count; /* a power of two */
    bool by_stem;      /* some of them are not letters */
    struct weighed *weighed;
    size_t weighed_count;
    double heaviest;   /* what a quote, a cut-off word or an alias weighs */
    const struct request_node **stars;
    size_t star_count, star_room;
    bool *seen, *stands; /* by node id, of the text at hand: verify.h, */
    bool *titled;        /* and of the title of this article, both */
    const struct stored_article *article;
    struct sequence_word *words;
    struct weighed **weighing; /* of each word, or NULL */
    size_t word_count, word_room, weighing_count, weighing_room;
    uint64_t *strange; /* names of words that are none of the table's; NULL where
                        * sequences want the stem of every word */
    const struct request_node **nears;
    size_t near_count, near_room;
    struct sequence_place *places; /* of their operands */
    size_t place_count, place_room;
    struct match_point *points;
    size_t point_count, point_room;
    const struct needles *needles; /* or NULL */
    struct verify found; /* what is known of the passage at hand */
};

/* ------------------------------------------------------------- the table */

/* An entry of its own for each node: the others are left as they are. */
static void entry_add(struct match *match, struct xapian_bytes term,
                      struct entry entry)
{
    struct entry **slot =
        &match->slots[hash_place(term.bytes, term.length) & (match->slot_count - 1)];
    for (struct entry *e = *slot; e; e = e->next)
        if (e->kind == entry.kind && e->node == entry.node &&
            e->length == term.length && !memcmp(e->term, term.bytes, term.length)) {
            e->ranks |= entry.ranks;
            return;
        }
    entry.term = arena_copy(match->arena, term.bytes, term.length);
    entry.length = term.length;
    entry.next = *slot;
    match->by_stem |= entry.kind != ENTRY_LETTERS;
    struct entry *new = arena_new(match->arena, struct entry);
    *new = entry;
    *slot = new;
}

/* The word of that stem, which may stand in the question twice. */
static struct weighed *weighed_of(struct match *match,
                                  struct xapian_bytes stem)
{
    struct entry *e =
        match->slots[hash_place(stem.bytes, stem.length) & (match->slot_count - 1)];
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

/* A word in the stem of every row: where the passage is of a rare language, that is
 * marked in it, but only what ranks has found it. */
static void term_add(struct match *match, const char *term, size_t length,
                     bool rare, struct entry entry)
{
    for (size_t row = 0; row < match->stems->count; row++) {
        entry.ranks = rare || match->plan->rows[row];
        entry_add(match, stems_stem(match->stems, row, term, length), entry);
    }
}

/* strict: as in verify.h */
static void words_add(struct match *match, const struct request_node *node,
                      bool marked, bool strict)
{
    struct entry entry = {.kind = ENTRY_WORD, .node = node, .marked = marked};
    for (size_t i = 0; i < node->word_count; i++) {
        const struct request_word *word = &node->words[i];
        bool rare = word->rare || strict;
        if (word->stop && node->mark == REQUEST_MAY)
            continue;
        entry.weighed = weighed_of(
            match, stems_stem(match->stems, 0, word->term, word->length));
        term_add(match, word->term, word->length, rare, entry);
        for (size_t f = 0; f < word->form_count; f++)
            term_add(match, word->forms[f].term, word->forms[f].length, rare,
                     entry);
    }
}

/* A node whose words must stand in order, known by its first word. */
static void sequence_add(struct match *match, const struct request_node *node,
                         bool marked)
{
    if (!node->word_count)
        return;
    struct sequence *sequence =
        sequence_new(match->arena, node, match->stems);
    match->strange = NULL;
    struct entry entry = {.node = node, .sequence = sequence, .marked = marked};
    const struct request_word *first = &node->words[0];
    if (!sequence->stems) {
        entry.kind = ENTRY_LETTERS;
        entry_add(match, (struct xapian_bytes){first->term, first->length},
                  entry);
        return;
    }
    entry.kind = ENTRY_STEMS;
    for (size_t i = 0; i < sequence->stems->count; i++)
        entry_add(match, sequence->stems->items[i], entry);
}

static void node_keep(struct match *match, const struct request_node *node,
                      const struct request_node ***items, size_t *count,
                      size_t *room)
{
    const struct request_node **place =
        arena_push(match->arena, items, count, room);
    *place = node;
}

/* strict: as in verify.h */
static void node_add(struct match *match, const struct request_node *node,
                     bool marked, bool strict)
{
    marked &= node->mark != REQUEST_MUST_NOT;
    strict = verify_is_whole(node, strict);
    switch (node->kind) {
    case REQUEST_WORDS:
        words_add(match, node, marked, strict);
        if (strict)
            sequence_add(match, node, false);
        break;
    case REQUEST_QUOTE:
        sequence_add(match, node, marked);
        if (node->mark == REQUEST_MAY)
            words_add(match, node, marked, strict);
        break;
    case REQUEST_FIELD:
        if (!node->star || node->word_count != 1) {
            sequence_add(match, node, false);
            break;
        }
        /* fall through */
    case REQUEST_STAR:
        node_keep(match, node, &match->stars, &match->star_count,
                  &match->star_room);
        break;
    case REQUEST_NEAR:
        node_keep(match, node, &match->nears, &match->near_count,
                  &match->near_room);
        break;
    default:
        break;
    }
    for (const struct request_node *n = node->child; n; n = n->next)
        node_add(match, n, marked, strict || node->kind == REQUEST_AND);
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
    match->stands = arena_array(arena, bool, request->node_count + 1);
    match->titled = arena_array(arena, bool, 2 * (request->node_count + 1));
    match->found.seen = match->seen;
    match->found.stands = match->stands;
    match->heaviest = 1;
    match->strange = arena_array(arena, uint64_t, STRANGE);
    node_add(match, request->root, true, false);
    return match;
}

/* ---------------------------------------------------------- a text's words */

/* Most words of a text are none of the question's and come again and again: a
 * word that was looked up in vain is known by its name. */
static bool is_strange(const struct match *match, uint64_t name)
{
    return match->strange && match->strange[name % STRANGE] == name;
}

/* The words of a text, stemmed as those of its language are, if stems are asked. */
static void words_read(struct match *match, const char *text, size_t length,
                       const char *language)
{
    struct text_word word;
    size_t at = 0, row = stems_row(match->stems, language);
    match->word_count = match->weighing_count = 0;
    while (text_word(&word, text, length, &at)) {
        struct sequence_word *kept =
            arena_push(match->arena, &match->words, &match->word_count,
                       &match->word_room);
        struct weighed **weighing =
            arena_push(match->arena, &match->weighing, &match->weighing_count,
                       &match->weighing_room);
        struct xapian_bytes stem = {word.term, word.length};
        kept->name = hash_64(hash_64(HASH_64, word.term, word.length),
                             &(char){(char)row}, 1);
        if (row < match->stems->count && match->by_stem &&
            !is_strange(match, kept->name))
            stem = stems_stem(match->stems, row, word.term, word.length);
        *weighing = NULL;
        kept->start = word.start;
        kept->end = word.end;
        kept->length = word.length;
        memcpy(kept->term, word.term, (size_t)word.length + 1);
        kept->stem_length =
            stem.length < sizeof kept->stem ? stem.length : sizeof kept->stem;
        memcpy(kept->stem, stem.bytes, kept->stem_length);
    }
}

struct found {
    struct match *match;
    dateline_span *spans; /* NULL: only what was seen is asked */
    size_t count, room;
    struct arena *arena;
    bool title;           /* the text is one: conditions on it hold here, */
    bool words_only;      /* and nothing that must stand in a passage */
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

static void place_add(struct match *match, const struct request_node *node,
                      size_t first, size_t last)
{
    match->stands[node->id] = true;
    if (!match->near_count)
        return;
    struct sequence_place *place =
        arena_push(match->arena, &match->places, &match->place_count,
                   &match->place_room);
    *place = (struct sequence_place){node, first, last};
}

/* What must stand in the text at hand: conditions on titles in one, the others
 * in a passage, or also in the title of a hit that is an article. */
static bool is_asked(const struct found *found, const struct request_node *node)
{
    return node->kind == REQUEST_FIELD ? found->title : !found->words_only;
}

/* An entry meets word i: the last word that it takes, or none. */
static bool entry_meets(size_t *last, const struct found *found,
                        const struct entry *entry, size_t i)
{
    struct match *match = found->match;
    *last = i;
    if (!entry->sequence) {
        match->seen[entry->node->id] |= entry->ranks;
        return true;
    }
    if (!is_asked(found, entry->node) ||
        !sequence_stands(entry->sequence, match->words, match->word_count,
                         i))
        return false;
    *last += entry->node->word_count - 1;
    place_add(match, entry->node, i, *last);
    return true;
}

/* Whether it is in the table. */
static bool look_up(struct found *found, size_t i, bool letters,
                    const char *term, size_t length)
{
    struct match *match = found->match;
    struct entry *e =
        match->slots[hash_place(term, length) & (match->slot_count - 1)];
    size_t last;
    bool known = false;
    for (; e; e = e->next) {
        if ((e->kind == ENTRY_LETTERS) != letters || e->length != length ||
            memcmp(e->term, term, length))
            continue;
        known = true;
        if (!entry_meets(&last, found, e, i))
            continue;
        if (e->weighed && e->marked)
            match->weighing[i] = e->weighed;
        if (e->marked) {
            point_add(match, i, match->words[last].end, e->weighed, e->node);
            span_add(found, match->words[i].start, match->words[last].end);
        }
    }
    return known;
}

static void word_look_up(struct found *found, size_t i)
{
    struct match *match = found->match;
    const struct sequence_word *word = &match->words[i];
    if (is_strange(match, word->name))
        return;
    bool known = look_up(found, i, true, word->term, word->length);
    if (match->by_stem)
        known |= look_up(found, i, false, word->stem, word->stem_length);
    if (!known && match->strange)
        match->strange[word->name % STRANGE] = word->name;
}

static bool begins(const char *word, size_t length,
                   const struct request_word *star)
{
    return length >= star->length && !memcmp(word, star->term, star->length);
}

/* A star without accents stands for words with them too. */
static bool star_holds(const struct sequence_word *word,
                       const struct request_word *star)
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
    const struct sequence_word *word = &match->words[i];
    for (size_t s = 0; s < match->star_count; s++) {
        const struct request_node *node = match->stars[s];
        if (!is_asked(found, node) || !star_holds(word, &node->words[0]))
            continue;
        match->seen[node->id] = match->stands[node->id] = true;
        if (node->mark == REQUEST_MUST_NOT || node->kind == REQUEST_FIELD)
            continue;
        point_add(match, i, word->end, NULL, node);
        span_add(found, word->start, word->end);
    }
}

/* The last word from i on that begins before a byte. */
static size_t word_before(const struct match *match, size_t i, size_t byte)
{
    while (i + 1 < match->word_count && match->words[i + 1].start < byte)
        i++;
    return i;
}

/* An alias that is part of a node stands for all of it. */
static void alias_seen(struct match *match, const struct expand_alias *alias)
{
    match->seen[alias->node->id] = true;
    if (aliases_is_within(alias, alias->node))
        match->stands[alias->node->id] = true;
}

/* A surface, of an alias that the question names, at this word. */
static void look_up_alias(struct found *found, const char *text, size_t length,
                          size_t i)
{
    struct match *match = found->match;
    const struct alias_name *name, *mention;
    size_t start = match->words[i].start;
    size_t size = alias_find(&name, match->aliases, text, length, start);
    bool written = size && alias_find_written(&mention, match->aliases, text,
                                              length, start);
    for (size_t a = 0; size && a < match->plan->alias_count; a++) {
        const struct expand_alias *alias = &match->plan->aliases[a];
        if (alias->name != name)
            continue;
        if (written)
            alias_seen(match, alias);
        if (written && match->near_count)
            place_add(match, alias->node, i, word_before(match, i, start + size));
        if (!match->weighing[i])
            point_add(match, i, start + size, NULL, alias->node);
        span_add(found, start, start + size);
    }
}

static void nears_look(struct match *match)
{
    for (size_t i = 0; i < match->near_count; i++)
        if (sequence_near(match->nears[i], match->places, match->place_count))
            match->stands[match->nears[i]->id] = true;
}

static void text_scan(struct found *found, const char *text, size_t length,
                      const char *language)
{
    struct match *match = found->match;
    match->point_count = match->place_count = 0;
    words_read(match, text, length, language);
    for (size_t i = 0; i < match->word_count; i++) {
        word_look_up(found, i);
        look_up_stars(found, i);
        if (match->plan->alias_count)
            look_up_alias(found, text, length, i);
    }
    nears_look(match);
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
        struct weighed *in = match->weighing[i];
        struct weighed *out = i < WINDOW ? NULL : match->weighing[i - WINDOW];
        if (in && !in->inside++)
            sum += in->weight;
        if (out && !--out->inside)
            sum -= out->weight;
        best = sum > best ? sum : best;
    }
    return best;
}

double match_density_most(const struct match *match)
{
    double sum = 0;
    for (const struct weighed *w = match->weighed; w; w = w->next)
        sum += w->weight;
    return sum;
}

/* ------------------------------------------------------------ verification */

/* Aliases that were written out, or known by their initials, when the passage
 * was indexed. */
static void names_see(struct match *match, const struct stored_passage *passage)
{
    for (size_t a = 0; a < match->plan->alias_count; a++) {
        const struct expand_alias *alias = &match->plan->aliases[a];
        for (size_t i = 0; i < passage->entity_count; i++) {
            const char *name = passage->entities[i].name;
            if (name && !strcmp(name, alias->name->name))
                alias_seen(match, alias);
        }
    }
}

void match_article(struct match *match, const struct xapian_bytes *terms,
                   size_t count)
{
    match->article = NULL;
    match->found.terms = terms;
    match->found.term_count = count;
    match->found.terms_told = terms;
}

/* What the title of an article meets holds for each of its passages. */
static void title_scan(struct match *match, const struct stored_article *article,
                       bool quotes)
{
    struct found found = {.match = match, .title = true, .words_only = !quotes};
    const char *title = article->facts.title;
    size_t count = match->request->node_count;
    memset(match->seen, 0, count * sizeof *match->seen);
    memset(match->stands, 0, count * sizeof *match->stands);
    if (title)
        text_scan(&found, title, strlen(title), article->facts.language);
    memcpy(match->titled, match->seen, count * sizeof *match->seen);
    memcpy(match->titled + count, match->stands, count * sizeof *match->stands);
    match->article = article;
}

bool match_verify(struct match *match, const struct stored_passage *passage,
                  bool title)
{
    struct found found = {.match = match};
    size_t count = match->request->node_count;
    if (!needles_hold(match->needles, passage->text, passage->length))
        return false;
    if (match->article != passage->article)
        title_scan(match, passage->article, title);
    memcpy(match->seen, match->titled, count * sizeof *match->seen);
    memcpy(match->stands, match->titled + count, count * sizeof *match->stands);
    text_scan(&found, passage->text, passage->length,
              passage->article->facts.language);
    names_see(match, passage);
    match->found.passage = passage;
    return verify_holds(&match->found, match->request->root);
}
