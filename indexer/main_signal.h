/* What the operating system tells dateline-index while it runs. */
#ifndef INDEXER_MAIN_SIGNAL_H
#define INDEXER_MAIN_SIGNAL_H

/* The number of the signal that asked for an end, or 0. */
int signal_stopped(void);

/* From here on an end that is asked for is a clean one. The second signal kills,
 * which costs only what was not committed. */
void signals_catch(void);

/* A fault inside is said before the program ends with status 2. */
void faults_catch(void);

#endif
