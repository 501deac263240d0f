/* The words of a question, weighed by how rare they are in the index. */
#include "query/density.h"

#include <math.h>

static const double density_share = 0.3; /* + 0.005 nDCG@10 */

/* Of the score of what stands around the news: it repeats the names that people
 * ask for, in every release of a house, and answers nothing. Half is enough to
 * put it last; set by hand. */
static const double aside_share = 0.5;

static bool is_aside(dateline_role role)
{
    return role == DATELINE_ROLE_ABOUT || role == DATELINE_ROLE_CONTACT ||
           role == DATELINE_ROLE_END;
}

/* Bits of information in a word. */
static double worth(void *context, struct xapian_bytes stem)
{
    struct walk *walk = context;
    uint64_t documents = 0;
    if (xapian_reader_frequency(&documents, walk->search->reader, stem, NULL) ||
        !documents)
        return 0;
    return log2((walk->search->documents + 1) / ((double)documents + 0.5));
}

void density_begin(struct walk *walk)
{
    match_weigh(walk->match, worth, walk);
}

double density_most(const struct walk *walk)
{
    return density_share * match_density_most(walk->match);
}

dateline_status density_of(double *out, const struct walk *walk, double score,
                           struct xapian_bytes data, dateline_error *error)
{
    struct arena scratch = ARENA_INIT;
    struct stored_passage stored;
    dateline_status status = stored_read_passage(
        &stored, &scratch, data.bytes, data.length, error);
    if (!status)
        *out = density_share * match_density(walk->match, stored.text,
                                             stored.length,
                                             stored.language) -
               (is_aside(stored.role) ? aside_share * score : 0);
    arena_release(&scratch);
    return status;
}
