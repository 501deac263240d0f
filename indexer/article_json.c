/* What every article says, then what an indexer alone knows: the whole text, its
 * passages and blocks, and where each fact may have come from. */
#include "indexer/article_json.h"

#include "common/json_facts.h"

static void add_passages(struct buffer *out, const dateline_article *article)
{
    json_open(out, "passages", '[');
    for (size_t i = 0; i < article->passage_count; i++)
        json_add_span(out, NULL, article->passages[i].start,
                      article->passages[i].end);
    json_close(out, ']');
}

static void add_aliases(struct buffer *out, const dateline_facts *facts)
{
    json_open(out, "aliases", '[');
    for (size_t i = 0; i < facts->alias_count; i++) {
        json_open(out, NULL, '{');
        json_add_string(out, "short", facts->aliases[i].short_form);
        json_add_string(out, "long", facts->aliases[i].long_form);
        json_close(out, '}');
    }
    json_close(out, ']');
}

static void add_dates(struct buffer *out, const dateline_facts *facts)
{
    json_open(out, "dates", '[');
    for (size_t i = 0; i < facts->date_count; i++)
        json_add_date(out, NULL, &facts->dates[i], false);
    json_close(out, ']');
}

static void add_contact(struct buffer *out, const dateline_facts *facts)
{
    const char *const members[][2] = {
        {"name", facts->contact.name},
        {"organisation", facts->contact.organisation},
        {"phone", facts->contact.phone},
        {"mail", facts->contact.mail},
    };
    bool any = false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (!members[i][1])
            continue;
        if (!any)
            json_open(out, "contact", '{');
        json_add_string(out, members[i][0], members[i][1]);
        any = true;
    }
    if (any)
        json_close(out, '}');
    else
        json_add_string(out, "contact", NULL);
}

static void add_blocks(struct buffer *out, const dateline_article *article)
{
    static const char *const roles[] = {
#define X(name, words) words,
        DATELINE_ROLES(X)
#undef X
    };
    json_open(out, "blocks", '[');
    for (size_t i = 0; i < article->block_count; i++) {
        const dateline_block *block = &article->blocks[i];
        json_open(out, NULL, '{');
        json_add_integer(out, "start", block->start);
        json_add_integer(out, "end", block->end);
        json_add_string(out, "role", roles[block->role]);
        json_close(out, '}');
    }
    json_close(out, ']');
}

void article_json(struct buffer *out, const dateline_article *article)
{
    const dateline_facts *facts = &article->facts;
    json_line_open(out, "article");
    json_add_facts(out, facts);
    json_add_string(out, "section", facts->section);
    json_add_list(out, "keywords", facts->keywords, facts->keyword_count);
    json_add_text(out, "body", article->body, article->length);
    add_passages(out, article);
    json_add_entities(out, "entities", article->entities, article->entity_count,
                      article->body);
    add_aliases(out, facts);
    add_dates(out, facts);
    add_contact(out, facts);
    add_blocks(out, article);
    json_line_close(out);
}
