/* A request goes in, hits come out in one block. */
#include "common/xapian_c_part.hh"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace {

struct found {
    Xapian::docid document;
    double weight;
    string data, value;
    vector<string> terms;
};

struct page {
    vector<found> hits;
    uint64_t lower = 0, estimated = 0, upper = 0;
};

Xapian::doccount count_of(size_t number)
{
    return number > UINT32_MAX ? UINT32_MAX
                               : static_cast<Xapian::doccount>(number);
}

bool is_slot(int slot)
{
    return slot >= 0;
}

void check_request(const xapian_request *request)
{
    if (!request->query)
        throw failure{DATELINE_BAD_ARGUMENT, "a search without a query"};
    if (!std::isfinite(request->parameter) || request->parameter < 0)
        throw failure{DATELINE_BAD_ARGUMENT,
                      "a ranking parameter below 0 or not a number"};
}

void set_weight(Xapian::Enquire *enquire, const xapian_request *request)
{
    switch (request->weight) {
    case XAPIAN_BOOLEAN:
        enquire->set_weighting_scheme(Xapian::BoolWeight());
        return;
    case XAPIAN_COUNT:
        enquire->set_weighting_scheme(Xapian::CoordWeight());
        return;
    case XAPIAN_INEB2:
        enquire->set_weighting_scheme(
            Xapian::IneB2Weight(request->parameter > 0 ? request->parameter : 1));
    }
}

void set_up(Xapian::Enquire *enquire, const xapian_request *request)
{
    set_weight(enquire, request);
    if (is_slot(request->sort_slot))
        enquire->set_sort_by_value_then_relevance(
            static_cast<Xapian::valueno>(request->sort_slot),
            request->descending);
    if (request->milliseconds)
        enquire->set_time_limit(request->milliseconds / 1000.0);
}

/* What the matcher knows of a hit already. */
found hit_of(const Xapian::MSetIterator &at, const xapian_request *request)
{
    found hit{*at, at.get_weight(), {}, {}, {}};
    if (is_slot(request->value_slot) &&
        request->value_slot == request->sort_slot)
        hit.value = at.get_sort_key();
    return hit;
}

/* What must be read for it. */
void hit_read(found *hit, const Xapian::Database &in,
              const Xapian::Enquire &enquire, const xapian_request *request)
{
    bool value = is_slot(request->value_slot) &&
                 request->value_slot != request->sort_slot;
    if (value || !request->no_data) {
        Xapian::Document document =
            in.get_document(hit->document, Xapian::DOC_ASSUME_VALID);
        if (!request->no_data)
            hit->data = document.get_data();
        if (value)
            hit->value = document.get_value(
                static_cast<Xapian::valueno>(request->value_slot));
    }
    if (request->terms)
        for (auto term = enquire.get_matching_terms_begin(hit->document);
             term != enquire.get_matching_terms_end(hit->document); ++term)
            hit->terms.push_back(*term);
}

/* Neighbours lie in one block, and Xapian holds the one that it read last: in
 * the order of documents each block is read once. */
void hits_read(vector<found> *hits, size_t from, const Xapian::Database &in,
               const Xapian::Enquire &enquire, const xapian_request *request)
{
    vector<found *> order;
    for (size_t i = from; i < hits->size(); i++)
        order.push_back(&(*hits)[i]);
    std::sort(order.begin(), order.end(), [](const found *a, const found *b) {
        return a->document < b->document;
    });
    for (found *hit : order)
        hit_read(hit, in, enquire, request);
}

/* Appends the hits [first, first + most) of query, and its totals. */
void rank(page *out, const Xapian::Database &in, const Xapian::Query &query,
          const xapian_request *request, size_t first, size_t most)
{
    Xapian::Enquire enquire(in);
    set_up(&enquire, request);
    enquire.set_query(query);
    Xapian::MSet set = enquire.get_mset(count_of(first), count_of(most),
                                        count_of(request->check_at_least));
    size_t from = out->hits.size();
    for (Xapian::MSetIterator at = set.begin(); at != set.end(); ++at)
        out->hits.push_back(hit_of(at, request));
    hits_read(&out->hits, from, in, enquire, request);
    out->lower += set.get_matches_lower_bound();
    out->estimated += set.get_matches_estimated();
    out->upper += set.get_matches_upper_bound();
}

/* Xapian counts no value as the least: ascending, those documents would come
 * first. They are asked for apart and follow. The matcher that ran out of hits
 * has counted the others exactly. */
void rank_valueless_last(page *out, const Xapian::Database &in,
                         const xapian_request *request)
{
    const Xapian::Query &query = request->query->query;
    Xapian::Query with =
        value_query(static_cast<unsigned>(request->sort_slot), {}, {});
    rank(out, in, Xapian::Query(Xapian::Query::OP_FILTER, query, with), request,
         request->first, request->most);
    size_t missing = request->most - out->hits.size();
    size_t counted = out->hits.empty() ? out->lower : request->first;
    size_t skip = request->first > counted ? request->first - counted : 0;
    rank(out, in, Xapian::Query(Xapian::Query::OP_AND_NOT, query, with),
         request, missing ? skip : 0, missing);
}

page search(const Xapian::Database &in, const xapian_request *request)
{
    page result;
    if (is_slot(request->sort_slot) && !request->descending &&
        in.get_value_freq(static_cast<Xapian::valueno>(request->sort_slot)) <
            in.get_doccount())
        rank_valueless_last(&result, in, request);
    else
        rank(&result, in, request->query->query, request, request->first,
             request->most);
    return result;
}

/* One block: the head, its hits, their terms, then all bytes, each with a NUL
 * behind. */
struct block {
    char *term_at, *byte_at;

    xapian_bytes put(const string &text)
    {
        char *to = byte_at;
        memcpy(to, text.c_str(), text.size() + 1);
        byte_at += text.size() + 1;
        return {to, text.size()};
    }
};

void measure(size_t *terms, size_t *bytes, const vector<found> &hits)
{
    for (const found &hit : hits) {
        *terms += hit.terms.size();
        *bytes += hit.data.size() + hit.value.size() + 2;
        for (const string &term : hit.terms)
            *bytes += term.size() + 1;
    }
}

xapian_hit hit_pack(block *to, const found &from)
{
    xapian_bytes *terms = reinterpret_cast<xapian_bytes *>(to->term_at);
    for (size_t i = 0; i < from.terms.size(); i++)
        terms[i] = to->put(from.terms[i]);
    to->term_at += from.terms.size() * sizeof *terms;
    return {from.document, from.weight,  to->put(from.data),
            to->put(from.value), terms, from.terms.size()};
}

xapian_hits *hits_pack(const page &from)
{
    size_t terms = 0, bytes = 0;
    measure(&terms, &bytes, from.hits);
    size_t head = sizeof(xapian_hits) + from.hits.size() * sizeof(xapian_hit);
    size_t texts = head + terms * sizeof(xapian_bytes);
    char *whole = static_cast<char *>(malloc(texts + bytes));
    if (!whole)
        throw std::bad_alloc();
    xapian_hit *hits =
        reinterpret_cast<xapian_hit *>(whole + sizeof(xapian_hits));
    block to = {whole + head, whole + texts};
    for (size_t i = 0; i < from.hits.size(); i++)
        hits[i] = hit_pack(&to, from.hits[i]);
    xapian_hits *result = reinterpret_cast<xapian_hits *>(whole);
    *result = {from.hits.size(), hits, from.lower, from.estimated, from.upper};
    return result;
}

static_assert(sizeof(xapian_hits) % alignof(xapian_hit) == 0 &&
                  sizeof(xapian_hit) % alignof(xapian_bytes) == 0,
              "the parts of a block follow one another without gaps");

} // namespace

dateline_status xapian_reader_search(struct xapian_hits **out,
                                     struct xapian_reader *reader,
                                     const struct xapian_request *request,
                                     dateline_error *error)
{
    return guard(error, reader->name.c_str(), [&] {
        page result;
        check_request(request);
        reading(reader, [&] { result = search(reader->all, request); });
        *out = hits_pack(result);
    });
}

void xapian_hits_free(struct xapian_hits *hits)
{
    free(hits);
}
