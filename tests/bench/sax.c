/* The floor under reading: libxml2's HTML parser alone, through SAX, into
 * nothing. Names of files come as arguments or one a line on standard input.
 *
 *   sax FILE... -> pages=N bytes=N text=N cpu=S */
#include <libxml/HTMLparser.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct totals {
    uint64_t pages, bytes, text, elements;
    double cpu; /* of parsing alone, files already in memory */
};

static double cpu_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void on_text(void *context, const xmlChar *text, int length)
{
    struct totals *totals = context;
    (void)text;
    totals->text += (uint64_t)length;
}

static void on_element(void *context, const xmlChar *name,
                       const xmlChar **attributes)
{
    struct totals *totals = context;
    (void)name, (void)attributes;
    totals->elements++;
}

static void no_message(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static void parse(struct totals *totals, const char *bytes, size_t length)
{
    htmlSAXHandler handler = {.startElement = on_element,
                              .characters = on_text,
                              .cdataBlock = on_text};
    double begin = cpu_now();
    htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(
        &handler, totals, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (!parser)
        return;
    htmlParseChunk(parser, bytes, (int)length, 1);
    htmlFreeParserCtxt(parser);
    totals->cpu += cpu_now() - begin;
    totals->bytes += length;
    totals->pages++;
}

static void parse_file(struct totals *totals, const char *path)
{
    static char bytes[16 << 20]; /* a page is at most as long */
    FILE *file = fopen(path, "rb");
    if (file) {
        parse(totals, bytes, fread(bytes, 1, sizeof bytes, file));
        fclose(file);
    } else {
        perror(path);
    }
}

int main(int argc, char **argv)
{
    struct totals totals = {0};
    char path[4096];
    xmlSetGenericErrorFunc(NULL, no_message);
    for (int i = 1; i < argc; i++)
        parse_file(&totals, argv[i]);
    while (argc < 2 && fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = '\0';
        parse_file(&totals, path);
    }
    xmlCleanupParser();
    printf("pages=%llu bytes=%llu text=%llu elements=%llu cpu=%.2f\n",
           (unsigned long long)totals.pages, (unsigned long long)totals.bytes,
           (unsigned long long)totals.text,
           (unsigned long long)totals.elements, totals.cpu);
    return 0;
}
