/* A question, or a file of them, asked and answered. */
#ifndef QUERY_MAIN_ASK_H
#define QUERY_MAIN_ASK_H

#include "query/main_asking.h"

asking_call ask, ask_batch;

#endif
