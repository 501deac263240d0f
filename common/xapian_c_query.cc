/* Queries are made and joined. */
#include "common/xapian_c_part.hh"

#include <cmath>

namespace {

const Xapian::Query::op operators[] = {
    Xapian::Query::OP_AND,     Xapian::Query::OP_OR,
    Xapian::Query::OP_AND_NOT, Xapian::Query::OP_AND_MAYBE,
    Xapian::Query::OP_FILTER,  Xapian::Query::OP_SYNONYM,
};

/* Xapian's own empty query has an empty term for a name: it matches all. */
void check_query_term(xapian_bytes term)
{
    if (!term.length)
        throw failure{DATELINE_BAD_QUERY, "an empty term"};
}

void query_give(xapian_query **out, const Xapian::Query &query)
{
    *out = new xapian_query{query};
}

/* No value is less than one zero byte, except that of a document without. */
const string least_value(1, '\0');

} // namespace

Xapian::Query border::value_query(unsigned slot, const string &begin,
                                  const string &end)
{
    const string &from = begin.empty() ? least_value : begin;
    if (end.empty())
        return Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, from);
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, from, end);
}

dateline_status xapian_query_term(struct xapian_query **out,
                                  struct xapian_bytes term, uint32_t frequency,
                                  dateline_error *error)
{
    return guard(error, "query", [&] {
        check_query_term(term);
        query_give(out,
                   Xapian::Query(text_of(term), frequency ? frequency : 1));
    });
}

dateline_status xapian_query_combine(struct xapian_query **out,
                                     enum xapian_operator how,
                                     struct xapian_query *const *parts,
                                     size_t count, dateline_error *error)
{
    return guard(error, "query", [&] {
        vector<Xapian::Query> queries;
        for (size_t i = 0; i < count; i++)
            queries.push_back(parts[i]->query);
        query_give(out, Xapian::Query(operators[how], queries.begin(),
                                      queries.end()));
    });
}

dateline_status xapian_query_range(struct xapian_query **out, unsigned slot,
                                   struct xapian_bytes begin,
                                   struct xapian_bytes end,
                                   dateline_error *error)
{
    return guard(error, "query", [&] {
        query_give(out, value_query(slot, text_of(begin), text_of(end)));
    });
}

dateline_status xapian_query_scale(struct xapian_query **out,
                                   const struct xapian_query *query,
                                   double factor, dateline_error *error)
{
    return guard(error, "query", [&] {
        if (!std::isfinite(factor) || factor < 0)
            throw failure{DATELINE_BAD_QUERY,
                          "a factor below 0 or not a number"};
        query_give(out, Xapian::Query(factor, query->query));
    });
}

dateline_status xapian_query_all(struct xapian_query **out,
                                 dateline_error *error)
{
    return guard(error, "query",
                 [&] { query_give(out, Xapian::Query(string())); });
}

void xapian_query_free(struct xapian_query *query)
{
    delete query;
}
