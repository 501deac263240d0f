/* The words of a question, weighed by how rare they are in the index. */
#include "query/density.h"

#include "common/field.h"

static const double density_share = 0.3; /* + 0.005 nDCG@10 */

/* Of the score of what stands around the news: it repeats the names that people
 * ask for, in every release of a house, and answers nothing. Half is enough to
 * put it last; set by hand. */
static const double aside_share = 0.5;

/* Bits of information in a word. */
static double worth(void *context, struct xapian_bytes stem)
{
    struct walk *walk = context;
    uint64_t occurrences = 0;
    if (xapian_reader_occurrences(&occurrences, walk->search->reader, stem,
                                  NULL) || !occurrences)
        return 0;
    return score_worth(walk->search, (double)occurrences);
}

void density_begin(struct walk *walk)
{
    match_weigh(walk->match, worth, walk);
}

double density_most(const struct walk *walk)
{
    return density_share * match_density_most(walk->match);
}

double density_of(const struct walk *walk, const struct stored_article *article,
                  size_t number, double score)
{
    const dateline_passage *passage = &article->passages[number];
    double density = match_density(walk->match, article->body + passage->start,
                                   passage->end - passage->start,
                                   article->facts.language);
    return density_share * density -
           (field_is_aside(passage->role) ? aside_share * score : 0);
}
