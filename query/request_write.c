/* The tree of a question, for people and tests. */
#include "query/request_write.h"

static void write_words(struct buffer *out, const struct request_node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        buffer_format(out, "%s%s", i ? " " : "", node->words[i].term);
}

static void write_node(struct buffer *out, const struct request_node *node);

static void write_marked(struct buffer *out, const struct request_node *node)
{
    buffer_text(out, node->mark == REQUEST_MUST       ? "+"
                     : node->mark == REQUEST_MUST_NOT ? "-"
                                                      : "");
    write_node(out, node);
}

static void write_node(struct buffer *out, const struct request_node *node)
{
    static const char *const groups[] = {[REQUEST_LIST] = "list",
                                         [REQUEST_AND] = "and",
                                         [REQUEST_OR] = "or"};
    switch (node->kind) {
    case REQUEST_WORDS:
        write_words(out, node);
        break;
    case REQUEST_QUOTE:
        buffer_byte(out, '"');
        write_words(out, node);
        buffer_byte(out, '"');
        break;
    case REQUEST_STAR:
        write_words(out, node);
        buffer_byte(out, '*');
        break;
    case REQUEST_NEAR:
        buffer_format(out, "near/%u[", node->window);
        for (const struct request_node *n = node->child; n; n = n->next) {
            buffer_text(out, n == node->child ? "" : " ");
            write_node(out, n);
        }
        buffer_byte(out, ']');
        break;
    case REQUEST_FIELD:
        buffer_format(out, node->quoted ? "%s:\"%.*s\"%s" : "%s:%.*s%s",
                      node->field->name, (int)node->value_length, node->value,
                      node->star ? "*" : "");
        break;
    case REQUEST_DATES:
        buffer_format(out, "date:%s..%s", node->since, node->until);
        break;
    case REQUEST_AMOUNT:
        buffer_format(out, "%s:%.*s", node->amount.name,
                      (int)node->value_length, node->value);
        break;
    case REQUEST_ALL:
        buffer_byte(out, '*');
        break;
    default:
        buffer_format(out, "(%s", groups[node->kind]);
        for (const struct request_node *n = node->child; n; n = n->next) {
            buffer_byte(out, ' ');
            write_marked(out, n);
        }
        buffer_byte(out, ')');
    }
}

void request_write(struct buffer *out, const struct request *request)
{
    write_marked(out, request->root);
}
