/* Articles in, values and their numbers out: one chained table of values, each
 * knows the last article it was counted for. */
#include "query/facet.h"

#include "common/date.h"
#include "common/error.h"
#include "common/field.h"
#include "common/hash.h"
#include "query/hit.h"

#include <stdlib.h>
#include <string.h>

struct value {
    const char *text;
    size_t articles, last; /* last: the article it was counted for */
    struct value *next;    /* in its slot */
};

struct facet {
    struct arena *arena;
    const struct field *field;
    int type;        /* of entities, or -1 */
    size_t length;   /* of a date's text: 4, 7 or 10 */
    size_t articles;
    struct value **slots;
    size_t slot_count, count; /* slot_count: a power of two */
};

static dateline_status no_facet(const char *name, dateline_error *error)
{
    struct buffer names = {0};
    size_t count;
    const struct field *rows = field_all(&count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].use & FIELD_FACET)
            buffer_format(&names, " %s", rows[i].name);
    dateline_status status =
        error_set(error, DATELINE_BAD_ARGUMENT,
                  "nothing is counted by %s; take one of:%s", name,
                  names.bytes ? names.bytes : "");
    buffer_free(&names);
    return status;
}

/* What stands after the colon: a type of entity, a unit of dates. */
static bool part_read(struct facet *facet, const char *part)
{
    if (facet->field->shape == FIELD_DATE) {
        facet->length = !strcmp(part, "year")    ? 4
                        : !strcmp(part, "month") ? 7
                        : !strcmp(part, "day")   ? 10
                                                 : 0;
        return facet->length;
    }
    for (int i = 0; i < DATELINE_ENTITY_TYPE_COUNT; i++)
        if (!strcmp(hit_type((dateline_entity_type)i), part))
            facet->type = i;
    return facet->type >= 0 && !strcmp(facet->field->name, "entity");
}

dateline_status facet_new(struct facet **out, struct arena *arena,
                          const char *field, dateline_error *error)
{
    size_t length = strcspn(field, ":");
    struct facet *facet = arena_new(arena, struct facet);
    *facet = (struct facet){.arena = arena, .type = -1, .length = 4,
                            .slot_count = 256};
    facet->field = field_find(field, length);
    if (!facet->field || !(facet->field->use & FIELD_FACET) ||
        (field[length] && !part_read(facet, field + length + 1)))
        return no_facet(field, error);
    facet->slots = arena_array(arena, struct value *, facet->slot_count);
    *out = facet;
    return DATELINE_OK;
}

static size_t hash(const char *text)
{
    return hash_place(text, strlen(text));
}

static void grow(struct facet *facet)
{
    size_t count = 4 * facet->slot_count;
    struct value **slots = arena_array(facet->arena, struct value *, count);
    for (size_t i = 0; i < facet->slot_count; i++)
        for (struct value *v = facet->slots[i], *next; v; v = next) {
            struct value **slot = &slots[hash(v->text) & (count - 1)];
            next = v->next;
            v->next = *slot;
            *slot = v;
        }
    facet->slots = slots;
    facet->slot_count = count;
}

static void count_value(struct facet *facet, const char *text)
{
    if (!text || !*text)
        return;
    if (facet->count > 2 * facet->slot_count)
        grow(facet);
    struct value **slot =
        &facet->slots[hash(text) & (facet->slot_count - 1)];
    struct value *value = *slot;
    while (value && strcmp(value->text, text))
        value = value->next;
    if (!value) {
        value = arena_new(facet->arena, struct value);
        value->text = arena_string(facet->arena, text);
        value->next = *slot;
        *slot = value;
        facet->count++;
    }
    if (value->last == facet->articles)
        return;
    value->last = facet->articles;
    value->articles++;
}

static void count_date(struct facet *facet, const dateline_date *date)
{
    char day[16];
    hit_date(day, date);
    if (strlen(day) > facet->length)
        day[facet->length] = '\0';
    if (strlen(day) == facet->length)
        count_value(facet, day);
}

static void count_names(struct facet *facet,
                        const struct stored_article *article)
{
    bool types = !strcmp(facet->field->name, "type");
    struct arena scratch = ARENA_INIT;
    for (size_t i = 0; i < article->entity_count; i++) {
        const dateline_entity *entity = &article->entities[i];
        if (types)
            count_value(facet, hit_type(entity->type));
        else if (facet->type < 0 || (int)entity->type == facet->type)
            count_value(facet, stored_name(&scratch, article->body, entity));
    }
    arena_release(&scratch);
}

void facet_add(struct facet *facet, const struct stored_article *article)
{
    const struct field *field = facet->field;
    size_t count;
    facet->articles++;
    switch (field->shape) {
    case FIELD_TEXT:
        count_value(facet, field_text(field, &article->facts));
        break;
    case FIELD_LIST: {
        const char *const *list = field_list(&count, field, &article->facts);
        for (size_t i = 0; i < count; i++)
            count_value(facet, list[i]);
        break;
    }
    case FIELD_DATE:
        count_date(facet, field_date(field, &article->facts));
        break;
    case FIELD_NOT_FACT:
        count_names(facet, article);
        break;
    }
}

static int value_order(const void *a, const void *b)
{
    const struct value *x = *(struct value *const *)a;
    const struct value *y = *(struct value *const *)b;
    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    return strcmp(x->text, y->text);
}

void facet_show(struct facet *facet, dateline_facet_visit *visit,
                void *context)
{
    struct value **values =
        arena_array(facet->arena, struct value *, facet->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < facet->slot_count; i++)
        for (struct value *v = facet->slots[i]; v; v = v->next)
            values[count++] = v;
    if (count)
        qsort(values, count, sizeof *values, value_order);
    for (size_t i = 0; i < count; i++)
        if (!visit(context, values[i]->text, values[i]->articles))
            return;
}
