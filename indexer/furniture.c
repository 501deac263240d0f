/* Tables of names and phrases, and how to look them up. */
#include "indexer/furniture.h"

#include "common/arena.h"
#include "common/ascii.h"
#include "common/text.h"

#include <stdint.h>
#include <string.h>

/* ------------------------------------------------------------------ names */

/* Rows by first letter. A hyphen stands for any separator; a star for any
 * letters after it. Names are compared whole, between separators. */
static const char *const names_by_letter['z' - 'a' + 1] = {
    ['a' - 'a'] = "a2a account ad addtoany ads adv advert* also-read audio-player "
                  "author-about author-bio author-box author-card author-info "
                  "author-profile authorbio authorbox about-author about-the-author",
    ['b' - 'a'] = "bio breadcrumb breadcrumbs byline",
    ['c' - 'a'] = "cart comment comments consent cookie cookies "
                  "copyright credit credits crumb crumbs",
    ['d' - 'a'] = "dateline dfp disclaimer discussion disqus",
    ['e' - 'a'] = "entry-meta",
    ['f' - 'a'] = "follow followus footer",
    ['g' - 'a'] = "gallery-nav gdpr",
    ['h' - 'a'] = "",
    ['i' - 'a'] = "image-caption infobox-related",
    ['j' - 'a'] = "jp",
    ['k' - 'a'] = "keywords",
    ['l' - 'a'] = "latest likes login",
    ['m' - 'a'] = "masthead media-caption more-from more-news "
                  "more-on more-stories most-read mostread",
    ['n' - 'a'] = "nav-links navigation newsletter newsletters next-article "
                  "next-post nextpost",
    ['o' - 'a'] = "outbrain",
    ['p' - 'a'] = "pager pagination paywall podcast poll popular popup "
                  "post-meta post-nav* postmeta postnav* prev preview* previous* "
                  "printfriendly promo*",
    ['q' - 'a'] = "quiz",
    ['r' - 'a'] = "rating read-more readmore recirc* recommend* related related-post "
                  "related-posts relatedpost relatedposts reply respond",
    ['s' - 'a'] = "screen-reader* see-also share sharedaddy sharing sidebar sign-up "
                  "signup skip-link skiplink social socials sponsor* sr-only "
                  "subscri*",
    ['t' - 'a'] = "taboola tag tag-list taglist tags teads teaser* timestamp "
                  "toolbar trending",
    ['v' - 'a'] = "video-js visually-hidden visuallyhidden vote votes",
    ['w' - 'a'] = "wp-caption-text",
    ['y' - 'a'] = "yarpp*",
};

static const char *const body_names[] = {
    "articlebody", "articlecontent", "articlemain", "articletext", "bodycontent",
    "bodycopy",    "bodytext",       "contentbody", "entrycontent", "fieldnamebody",
    "maincontent", "newsbody",       "newscontent", "newstext",     "postbody",
    "postcontent", "postentry",      "posttext",    "releasebody",  "richtext",
    "storybody",   "storycontent",   "storytext",   "wysiwyg", NULL,
};

static bool is_separator(char c)
{
    return c == '-' || c == '_' || c == ' ' || (c >= '\t' && c <= '\r');
}

/* Does the row of `length` bytes fit the names from `at` on, up to a separator,
 * a digit or the end? */
static bool row_fits(const char *row, size_t length, const char *at)
{
    size_t i = 0;
    for (; i < length && row[i] != '*'; i++, at++)
        if (row[i] == '-' ? !is_separator(*at) : row[i] != ascii_lower(*at))
            return false;
    return i < length || !*at || is_separator(*at) || (*at >= '0' && *at <= '9');
}

/* Words that layouts use for any box; a page may call all its text so. */
static const char *const vague[] = {
    "widget", "widgets", "hidden", "hide",    "slider", "carousel", "tools",  "topics",
    "print",  "modal",   "overlay", "meta",   "legend", "banner",   "caption", "player",
    "menu",   "toc",     "counter", "views",
};

static unsigned name_fits(const char *at)
{
    char first = ascii_lower(*at);
    const char *row = first >= 'a' && first <= 'z' ? names_by_letter[first - 'a'] : NULL;
    while (row && *row) {
        size_t length = strcspn(row, " ");
        if (row_fits(row, length, at))
            return FURNITURE_SURE;
        row += length + (row[length] == ' ');
    }
    for (unsigned i = 0; i < sizeof vague / sizeof *vague; i++)
        if (vague[i][0] == first && row_fits(vague[i], strlen(vague[i]), at))
            return FURNITURE_SURE + 1 + i;
    return 0;
}

static bool is_comments(const char *names)
{
    static const char *const boxes[] = {"comments", "comments-area", "comment-list",
                                        "commentlist", "comments-list", "comment-section",
                                        "comments-section", "disqus-thread"};
    for (const char *at = names; *at; at += *at == ' ') {
        size_t token = strcspn(at, " \t\r\n\f");
        bool may = ascii_lower(*at) == 'c' || ascii_lower(*at) == 'd'; /* as all do */
        for (size_t i = 0; may && i < sizeof boxes / sizeof *boxes; i++)
            if (strlen(boxes[i]) == token && row_fits(boxes[i], token, at))
                return true;
        at += token;
        at += strspn(at, "\t\r\n\f");
    }
    return false;
}

unsigned furniture_name(const char *names)
{
    bool start = true;
    if (is_comments(names))
        return FURNITURE_COMMENTS;
    for (const char *at = names; *at; at++) {
        unsigned row = start ? name_fits(at) : 0;
        if (row)
            return row;
        start = is_separator(*at);
    }
    return 0;
}

bool furniture_is_body_name(const char *names)
{
    char bare[512];
    size_t length = 0;
    for (const char *at = names; *at && length + 1 < sizeof bare; at++)
        if (*at != '-' && *at != '_')
            bare[length++] = ascii_lower(*at);
    bare[length] = '\0';
    return ascii_find_any(bare, length, body_names);
}

/* ---------------------------------------------------------------- phrases */

/* A phrase, and how many further bytes may follow it. Folded, without marks at
 * its end. */
struct phrase {
    const char *text;
    unsigned char more;
};

static const struct phrase tails[] = {
    /* English */
    {"related", 0}, {"related article", 1}, {"related stories", 0}, {"related content", 0},
    {"related post", 1}, {"related news", 0}, {"related topics", 0}, {"related links", 0},
    {"related coverage", 0}, {"related reading", 0}, {"read more", 0}, {"read next", 0},
    {"read also", 0}, {"more from ", 30}, {"more on ", 30}, {"more stories", 20},
    {"more news", 20}, {"more in ", 30}, {"you may like", 30}, {"you might like", 30},
    {"you may also like", 30}, {"you might also like", 30}, {"you may also be interested", 30},
    {"you might be interested", 30}, {"recommended", 30}, {"also read", 0}, {"see also", 0},
    {"share this", 40}, {"share on", 40}, {"share via", 40}, {"tags", 60}, {"tag:", 60},
    {"topics", 0}, {"filed under", 60}, {"comments", 8}, {"comment", 0},
    {"leave a comment", 30}, {"leave a reply", 30}, {"add a comment", 20},
    {"post a comment", 20}, {"join the conversation", 20}, {"about the author", 1},
    {"sign up", 60}, {"subscribe", 60}, {"follow us", 60}, {"most read", 20},
    {"most popular", 20}, {"most viewed", 20}, {"trending", 20}, {"latest news", 0},
    {"latest stories", 0}, {"popular posts", 0}, {"advertisement", 0}, {"editor's picks", 0},
    {"editors' picks", 0}, {"what to read next", 0}, {"up next", 0}, {"next article", 0},
    {"previous article", 0}, {"post navigation", 0}, {"our latest", 30}, {"keep reading", 20},
    {"explore more", 30}, {"top stories", 10}, {"share your thoughts", 20},
    {"share your story", 10}, {"no comments", 8}, {"posted in", 60}, {"tagged with", 60},
    {"category:", 40}, {"categories:", 60}, {"this entry was posted", 120},
    {"was this article helpful", 20}, {"did you find this", 40}, {"did you enjoy this", 30},
    {"pin it", 20}, {"like it? pin it", 20},
    /* German */
    {"mehr zum thema", 20}, {"lesen sie auch", 0}, {"das könnte sie", 40},
    {"das könnte dich", 40}, {"weitere artikel", 30}, {"weitere themen", 30},
    {"weitere meldungen", 30}, {"weitere nachrichten", 30}, {"weitere beiträge", 30},
    {"ähnliche artikel", 30}, {"ähnliche beiträge", 30}, {"kommentar", 8}, {"kommentare", 8},
    {"teilen", 0}, {"schlagwörter", 40}, {"schlagworte", 40}, {"zum thema", 0},
    {"themen", 0}, {"auch interessant", 0}, {"verwandte", 30}, {"newsletter", 40},
    {"schreibe einen kommentar", 0}, {"artikel teilen", 0}, {"meistgelesen", 10},
    {"empfohlene beiträge", 10}, {"empfohlene artikel", 10}, {"schon gelesen", 10},
    {"mehr themen", 10}, {"mehr dazu", 10}, {"mehr lesen", 10}, {"weiterlesen", 0}, {"das könnte ihnen", 40},
    {"weitere aktuelle themen", 30}, {"weiterführende informationen", 10},
    {"weiterführende links", 10}, {"weiterführender link", 0}, {"zum weiterlesen", 0},
    {"das thema könnte", 40}, {"entdecke weitere", 30}, {"entdecken sie weitere", 30},
    {"kommentar verfassen", 0}, {"kommentar schreiben", 0}, {"kommentar hinterlassen", 0},
    {"keine kommentare", 0}, {"dieser eintrag wurde", 120}, {"dieser beitrag wurde", 120},
    {"veröffentlicht in", 40}, {"kategorie:", 40}, {"kategorien:", 60},
    {"war der artikel", 30}, {"war dieser artikel", 30}, {"möchten sie den artikel teilen", 4},
    {"kommende events", 10}, {"beitrags-navigation", 0}, {"beitragsnavigation", 0},
    /* French */
    {"à lire aussi", 60}, {"lire aussi", 80}, {"sur le même sujet", 0},
    {"sur le même thème", 0}, {"partager", 30}, {"commentaire", 1}, {"voir aussi", 0},
    {"articles similaires", 10}, {"les plus lus", 10}, {"vous aimerez aussi", 10},
    {"articles liés", 0}, {"laisser un commentaire", 10}, {"catégorie", 40},
    /* Spanish, Portuguese, Italian, Dutch, Nordic, Polish, Persian, Arabic, Russian */
    {"notas relacionadas", 0}, {"artículos relacionados", 0}, {"deja un comentario", 0},
    {"dejar un comentario", 0}, {"deja una respuesta", 10}, {"artigos relacionados", 0},
    {"deixe um comentário", 0}, {"articoli correlati", 0}, {"lascia un commento", 0},
    {"plaats een reactie", 0}, {"dodaj komentarz", 0},
    {"lea también", 0}, {"te puede interesar", 10}, {"noticias relacionadas", 0},
    {"compartir", 0}, {"comentario", 1}, {"leia mais", 0}, {"leia também", 0},
    {"veja também", 0}, {"leggi anche", 60}, {"condividi", 0}, {"potrebbe interessarti", 20},
    {"lees ook", 60}, {"les også", 0}, {"læs også", 0}, {"läs också", 0}, {"lue myös", 0},
    {"czytaj też", 60}, {"czytaj także", 60}, {"czytaj również", 60}, {"zobacz też", 60},
    {"zobacz także", 60}, {"komentarze", 0}, {"więcej informacji", 10}, {"polecane", 20}, {"te recomendamos", 20},
    {"también te puede interesar", 20}, {"más noticias", 20}, {"mais lidas", 20},
    {"potrebbero interessarti", 30}, {"meer over", 30}, {"relaterade artiklar", 10},
    {"relaterte artikler", 10}, {"اقرأ أيضا", 40}, {"بیشتر بخوانید", 40}, {"اخبار ذات صلة", 20}, {"читайте также", 60}, {"по теме", 0},
    {"مطالب مرتبط", 20}, {"اخبار مرتبط", 20},
};

static const struct phrase junk[] = {
    {"advertisement", 40}, {"ad", 0}, {"anzeige", 0}, {"werbung", 0}, {"publicidad", 0},
    {"publicité", 0}, {"pubblicità", 0}, {"reklama", 0}, {"share", 0}, {"tweet", 0},
    {"email", 0}, {"e-mail", 0}, {"print", 0}, {"facebook", 0}, {"twitter", 0},
    {"whatsapp", 0}, {"linkedin", 0}, {"pinterest", 0}, {"reddit", 0}, {"telegram", 0},
    {"copy link", 0}, {"link copied", 1}, {"read more", 0}, {"continue reading", 20},
    {"click here", 40}, {"loading", 10}, {"image", 0}, {"photo", 0}, {"video", 0},
    {"close", 0}, {"menu", 0}, {"search", 0}, {"skip to", 30}, {"story continues below", 20},
    {"article continues", 30}, {"scroll to continue", 20}, {"scroll down to continue", 20},
    {"sign in", 0}, {"log in", 0}, {"subscribe", 0}, {"getty images", 0}, {"reuters", 0},
    {"published", 0}, {"updated", 0}, {"follow", 0}, {"save", 0}, {"listen", 0}, {"play", 0},
    {"download", 0}, {"share this article", 0}, {"teilen", 0}, {"drucken", 0}, {"merken", 0},
    {"kommentieren", 0}, {"vorlesen", 0}, {"artikel anhören", 0}, {"artikel teilen", 0},
    {"artikel merken", 0}, {"artikel drucken", 0}, {"bild", 0}, {"bild vergrößern", 0},
    {"foto", 0}, {"quelle", 0}, {"pdf", 0}, {"beitragsbild", 0}, {"image illustrative", 0},
    {"release date", 20}, {"quellen ausblenden", 0}, {"quellen anzeigen", 0},
};

/* Lead-ins: the phrase, then within 15 bytes a colon. */
static const struct phrase lead_ins[] = {
    {"read", 15}, {"see", 15}, {"watch", 15}, {"listen", 15}, {"related", 15}, {"also", 15},
    {"more", 15}, {"lire aussi", 15}, {"lesen sie auch", 15}, {"lesen sie hier", 15},
    {"lesen sie mehr", 15}, {"mehr dazu", 15}, {"lees ook", 15}, {"leggi anche", 15},
    {"lea también", 15}, {"leia mais", 15}, {"leia também", 15}, {"czytaj", 15},
    {"zobacz", 15}, {"don't miss", 15}, {"join", 15}, {"sign up", 15}, {"subscribe", 15},
    {"follow us", 15}, {"download our", 15}, {"get the latest", 15}, {"читайте также", 15},
};

/* Starts that need no more. */
static const struct phrase notices[] = {
    {"photo:", 0}, {"image:", 0}, {"picture:", 0}, {"foto:", 0}, {"bild:", 0}, {"credit:", 0},
    {"photo credit", 0}, {"crédit photo", 0}, {"crédits photo", 0}, {"fotocredit", 0},
    {"bildquelle", 0}, {"bildnachweis", 0}, {"image credit", 0}, {"photo by", 0}, {"(photo", 0}, {"(foto", 0},
    {"photograph:", 0}, {"illustration:", 0}, {"video:", 0}, {"copyright", 0}, {"©", 0},
    {"last updated", 0}, {"updated:", 0}, {"updated on", 0}, {"published:", 0},
    {"published on", 0}, {"aktualisiert:", 0}, {"aktualisiert am", 0},
    {"zuletzt aktualisiert", 0}, {"veröffentlicht am", 0}, {"mis à jour le", 0},
    {"publié le", 0}, {"publicado el", 0}, {"actualizado", 0}, {"aggiornato", 0},
    {"reporting by", 0}, {"all rights reserved", 0}, {"alle rechte vorbehalten", 0}, {"tous droits", 0},
};

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* The row that text begins with, `more` minded when whole is asked for. */
static const struct phrase *phrase_find(const struct phrase *rows, size_t count,
                                        const char *text, size_t length, bool whole)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = *rows[i].text == *text ? strlen(rows[i].text) : SIZE_MAX;
        if (n <= length && !memcmp(rows[i].text, text, n) &&
            (!whole || length - n <= rows[i].more))
            return &rows[i];
    }
    return NULL;
}

/* "3 min read", "12 comments". */
static bool is_counter(const char *text, size_t length)
{
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > 5 || length < digits + 2 || text[digits] != ' ')
        return false;
    const char *rest = text + digits + 1;
    return !strncmp(rest, "min read", 8) || !strncmp(rest, "mins read", 9) ||
           !strncmp(rest, "minute read", 11) || !strncmp(rest, "minutes read", 12) ||
           !strcmp(rest, "comment") || !strcmp(rest, "comments") ||
           !strcmp(rest, "shares");
}

/* "Jane Doe/Getty Images": the last words of who took a picture. */
static bool is_credit(const char *text, size_t length)
{
    static const char *const ends[] = {"getty images", "/afp", "/ap", "/reuters", "/dpa",
                                       "/epa", "shutterstock", "picture alliance", "/istock",
                                       "ap photo", "unsplash", "istockphoto"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (n <= length && !memcmp(text + length - n, ends[i], n))
            return !memchr(text, ',', length) && !strstr(text, ". ");
    }
    return false;
}

static bool is_mark(unsigned char c)
{
    return c < 0x80 && strchr(" :.>-", c);
}

/* A label is not longer; how much of a longer text its beginning is. */
enum { LONGEST_LABEL = 160, HEAD_BYTES = 64 };

enum furniture_text furniture_text(const char *text, size_t length)
{
    size_t head = length < LONGEST_LABEL ? length : HEAD_BYTES;
    struct arena arena = ARENA_INIT;
    const char *folded = text_fold(&arena, text, text_boundary(text, length, head));
    while (*folded && strchr("- *[|", *folded))
        folded++;
    size_t whole = strlen(folded);
    while (whole && is_mark((unsigned char)folded[whole - 1]))
        whole--;
    enum furniture_text kind = FURNITURE_NONE;
    const struct phrase *lead;
    if (!whole)
        kind = FURNITURE_NONE;
    else if (length < LONGEST_LABEL && phrase_find(junk, COUNT(junk), folded, whole, true))
        kind = FURNITURE_JUNK;
    else if (length < LONGEST_LABEL && is_counter(folded, whole))
        kind = FURNITURE_JUNK;
    else if (length < LONGEST_LABEL && phrase_find(tails, COUNT(tails), folded, whole, true))
        kind = FURNITURE_TAIL;
    else if (length < 60 && is_credit(folded, whole))
        kind = FURNITURE_NOTICE;
    else if (phrase_find(notices, COUNT(notices), folded, whole, false))
        kind = FURNITURE_NOTICE;
    else if ((lead = phrase_find(lead_ins, COUNT(lead_ins), folded, whole, false)) &&
             memchr(folded + strlen(lead->text), ':',
                    whole - strlen(lead->text) < 16 ? whole - strlen(lead->text) : 16) &&
             !strpbrk(folded, "!?"))
        kind = FURNITURE_LEAD_IN;
    arena_release(&arena);
    return kind;
}
