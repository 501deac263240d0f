/* Raw texts and WordNet -> the lexicon of the model: for each word its class
 * and what is known of it as a name. */
#ifndef INDEXER_TRAIN_WORDS_H
#define INDEXER_TRAIN_WORDS_H

#include "indexer/train/sample.h"

/* The bits of tagger_entry.lists. The first is told by the texts, the others
 * by WordNet's lexicographer files and by lists of names. */
enum word_list {
    WORD_COMMON = 1, /* written in lower case more often than not */
    WORD_PERSON = 2, /* part of a person's name */
    WORD_PLACE = 4,
    WORD_GROUP = 8,
    WORD_PEOPLE = 16, /* Swede, Swedish */
    WORD_NAME = 32,   /* of the list of persons' names */
    WORD_TOWN = 64,   /* of the list of towns: the whole name, */
    WORD_TOWN_PART = 128 /* or one word of it */
};

/* Learns from the texts of all samples that are not held and of the files
 * FOLDER/raw/NAME.jsonl ("text" or "body" of each line). wordnet: a folder with
 * data.noun and data.adj; where it is missing its lists stay empty, as do those
 * of FOLDER/words/person.txt and town.txt (a name a line) where they are
 * missing. The lexicon lies in samples->arena. */
dateline_status words_learn(struct samples *samples, const char *folder,
                            const char *wordnet, dateline_error *error);

#endif
