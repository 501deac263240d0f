# Dateline: full-text search for press releases and saved news pages.
#
#   make            the programs and the library, in build/
#   make demo       installs what is needed, builds, indexes corpus/, asks
#   make test       installs what is needed, builds, runs every test
#   make help       all targets
#
# One Makefile, no recursion; the folder is the list of files; only build/ is
# written. Your own settings go into config.mk.
-include config.mk

CC       ?= cc
CXX      ?= c++
CFLAGS   ?= -O2 -g
CXXFLAGS ?= -O2 -g
BUILD    ?= build
PREFIX   ?= /usr/local

# What must be installed, as Debian names it; the one list there is.
PACKAGES = build-essential pkg-config libxapian-dev libxml2-dev zlib1g-dev \
    libpcre2-dev libjansson-dev libuchardet-dev libexttextcat-dev \
    libexttextcat-data libunistring-dev libxxhash-dev iso-codes
MODULES  = libxml-2.0 zlib libpcre2-8 jansson uchardet libexttextcat libxxhash

VERSION := $(shell awk '/define DATELINE_VERSION_(MAJOR|MINOR|PATCH)/ \
    {printf "%s%s", dot, $$3; dot = "."}' include/dateline.h)
MAJOR   := $(firstword $(subst ., ,$(VERSION)))

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
BOTH = -Iinclude -I. -I$(BUILD) -D_GNU_SOURCE -fPIC \
    -ffile-prefix-map=$(CURDIR)=. $(WARN) $(EXTRA) \
    $(shell pkg-config --cflags $(MODULES) 2>/dev/null)
COMPILE_C   = $(CC) -std=c17 $(BOTH) -Wstrict-prototypes $(CFLAGS)
COMPILE_CXX = $(CXX) -std=c++17 $(BOTH) $(CXXFLAGS)
LIBS = $(shell pkg-config --libs $(MODULES) 2>/dev/null) -lxapian -lunistring \
    -lstdc++ -lm -lpthread

SOURCES := $(filter-out %/main.c common/option.c, \
    $(wildcard common/*.c common/*.cc indexer/*.c query/*.c))
OBJECTS := $(SOURCES:%=$(BUILD)/%.o)
LIBRARY := $(BUILD)/libdateline.a
PROGRAMS := $(BUILD)/dateline-index $(BUILD)/dateline-query
UNITS   := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*.c))

all: $(PROGRAMS)

$(BUILD)/dateline-index: $(BUILD)/indexer/main.c.o $(BUILD)/common/option.c.o $(LIBRARY)
$(BUILD)/dateline-query: $(BUILD)/query/main.c.o $(BUILD)/common/option.c.o $(LIBRARY)
$(PROGRAMS):
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBRARY) $(LIBS)

$(LIBRARY): $(OBJECTS)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/tests/cases: $(BUILD)/tests/cases.c.o $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBRARY) $(LIBS)

$(UNITS): $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.c.o $(BUILD)/common/option.c.o $(LIBRARY)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBRARY) $(LIBS)

# Objects follow their flags as well as their sources.
FLAGS := $(BUILD)/flags
$(shell mkdir -p $(BUILD); printf '%s\n' '$(COMPILE_C) $(CXX) $(CXXFLAGS)' | \
    cmp -s - $(FLAGS) || printf '%s\n' '$(COMPILE_C) $(CXX) $(CXXFLAGS)' > $(FLAGS))

$(BUILD)/%.c.o: %.c $(FLAGS)
	@mkdir -p $(@D)
	$(COMPILE_C) -MMD -MP -c -o $@ $<
$(BUILD)/%.cc.o: %.cc $(FLAGS)
	@mkdir -p $(@D)
	$(COMPILE_CXX) -MMD -MP -c -o $@ $<

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

clean:
	rm -rf $(BUILD)

.PHONY: all clean
.DELETE_ON_ERROR:
