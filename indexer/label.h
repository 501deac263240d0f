/* A stretch of text that a stage thinks is an entity. Stages give labels,
 * entity.c decides among them. */
#ifndef INDEXER_LABEL_H
#define INDEXER_LABEL_H

#include "common/arena.h"

#include <dateline.h>

struct label {
    size_t start, end; /* bytes of the body */
    dateline_entity_type type;
    dateline_stage by;
    bool weak;         /* a hint for the tagger, not an entity by itself */
    const char *name;  /* canonical, or NULL */
    const char *value; /* normalised, or NULL */
};

/* A page of sixteen million figures is no article: what comes after so many
 * labels, or places where a pattern was tried, is not labelled. */
enum { LABELS_MOST = 400000, LABELS_TRIES = 1000000 };

struct labels {
    struct arena *arena; /* owns items and their strings */
    struct label *items;
    size_t count, room;
    struct label spare;  /* what is written to past LABELS_MOST */
};

static inline bool labels_full(const struct labels *labels)
{
    return labels->count >= LABELS_MOST;
}

/* Never NULL; borrowed until the next call. */
struct label *label_add(struct labels *labels, size_t start, size_t end,
                        dateline_entity_type type, dateline_stage by);

/* By start, then longest first. */
void label_sort(struct labels *labels);

#endif
