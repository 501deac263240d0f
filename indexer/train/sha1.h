/* SHA-1 (FIPS 180-4), to tell a text's fold: nothing here is secret. */
#ifndef INDEXER_TRAIN_SHA1_H
#define INDEXER_TRAIN_SHA1_H

#include <stddef.h>
#include <stdint.h>

void sha1(uint8_t digest[20], const char *bytes, size_t length);

#endif
