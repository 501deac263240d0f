/* What lies at the path of a database, looked at before Xapian is let in: it
 * would make one among foreign files, put empty tables in the place of lost
 * ones, and take its head file at its word. Knows Xapian's files, not Xapian.
 *
 * Messages do not name the path; the caller does. */
#ifndef COMMON_XAPIAN_FOLDER_H
#define COMMON_XAPIAN_FOLDER_H

#include <dateline.h>

#ifdef __cplusplus
extern "C" {
#endif

enum xapian_place { XAPIAN_NOWHERE, XAPIAN_FOLDER, XAPIAN_FILE };

dateline_status xapian_place_find(enum xapian_place *out, const char *path,
                                  dateline_error *error);

/* The folder holds a database that Xapian can be trusted to open. */
dateline_status xapian_folder_check(const char *folder, dateline_error *error);

/* A database can be written there, or made: nothing is there, or an empty
 * folder, or what a writer left that died while it made one (which is removed). */
dateline_status xapian_folder_claim(const char *path, dateline_error *error);

/* Tells one commit from the next: a commit replaces the head file. */
struct xapian_stamp {
    uint64_t numbers[4];
};

/* False when there is no database to tell of. */
bool xapian_folder_stamp(struct xapian_stamp *out, const char *folder);

/* Nothing is there, or an empty folder. */
dateline_status xapian_folder_vacant(const char *path, dateline_error *error);

/* Removes a database, and its folder unless that holds anything else. */
void xapian_folder_remove(const char *folder);

#ifdef __cplusplus
}
#endif
#endif
