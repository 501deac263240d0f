/* What a page of hits is made of: text that is safe in it, and its style. */
#ifndef QUERY_HTML_WRITE_H
#define QUERY_HTML_WRITE_H

#include "common/arena.h"

#include <dateline.h>

/* Escaped twice: what is invisible becomes visible, what is markup is not. */
void html_text(struct buffer *out, const char *text, size_t length);
void html_string(struct buffer *out, const char *text);

/* The same for running text, whose newlines part lines. */
void html_lines(struct buffer *out, const char *text, size_t length);

/* An address that a browser may follow: http or https, nothing hidden in it. */
bool html_is_link(const char *url);

/* The style sheet: light and dark, for the screen and for paper. A box with the
 * id show-TYPE switches the colours of a type, one called letters its letters. */
void html_style(struct buffer *out);

#endif
