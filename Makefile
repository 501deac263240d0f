# Dateline: full-text search for press releases and saved news pages.
#
#   make            the programs and the library, in build/
#   make demo       installs what is needed, builds, indexes corpus/, asks
#   make test       installs what is needed, builds, runs every test
#   make help       all targets
#
# One Makefile, no recursion into folders; the folder is the list of files; only
# build/ is written. Your own settings go into config.mk.
-include config.mk

CC       ?= cc
CXX      ?= c++
CFLAGS   ?= -O2 -g
CXXFLAGS ?= -O2 -g
BUILD    ?= build
PREFIX   ?= /usr/local
SECONDS  ?= 60

# What must be installed, as Debian names it; the one list there is.
PACKAGES = build-essential pkg-config libxapian-dev libxml2-dev zlib1g-dev \
    libpcre2-dev libjansson-dev libuchardet-dev libexttextcat-dev \
    libexttextcat-data libunistring-dev libxxhash-dev libzstd-dev iso-codes
MODULES  = libxml-2.0 zlib libpcre2-8 jansson uchardet libexttextcat libxxhash \
    libzstd

VERSION := $(shell awk '/define DATELINE_VERSION_(MAJOR|MINOR|PATCH)/ \
    {printf "%s%s", dot, $$3; dot = "."}' include/dateline.h)
MAJOR   := $(firstword $(subst ., ,$(VERSION)))

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
BOTH := -Iinclude -I. -I$(BUILD) -D_GNU_SOURCE -fPIC \
    -ffile-prefix-map=$(CURDIR)=. $(WARN) $(EXTRA) \
    $(shell pkg-config --cflags $(MODULES) 2>/dev/null)
COMPILE_C   = $(CC) -std=c17 $(BOTH) -Wstrict-prototypes $(CFLAGS)
COMPILE_CXX = $(CXX) -std=c++17 $(BOTH) $(CXXFLAGS)
LIBS := $(shell pkg-config --libs $(MODULES) 2>/dev/null) -lxapian -lunistring \
    -lstdc++ -lm -lpthread
LINK = $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBRARY) $(LIBS)

SOURCES := $(filter-out %/main.c indexer/main_%.c query/main_%.c common/option%.c, \
    $(wildcard common/*.c common/*.cc indexer/*.c query/*.c))
OBJECTS := $(SOURCES:%=$(BUILD)/%.o)
OPTIONS := $(patsubst %,$(BUILD)/%.o,$(wildcard common/option*.c))
LIBRARY := $(BUILD)/parts.a
STATIC  := $(BUILD)/libdateline.a
SHARED  := $(BUILD)/libdateline.so.$(VERSION)
NAMES    = dateline-index dateline-query
PROGRAMS := $(NAMES:%=$(BUILD)/%)
UNITS   := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c))
FUZZERS := $(filter-out %/driver,$(patsubst %.c,$(BUILD)/%, \
    $(wildcard tests/fuzz/*.c)))
MANUALS := $(patsubst %,$(BUILD)/man/%,$(notdir $(wildcard \
    include/*.3 indexer/*.1 query/*.1 query/*.7 common/*.5)))
SHELLS   = bash zsh fish
COMPLETIONS := $(foreach s,$(SHELLS),$(NAMES:%=$(BUILD)/completion/%.$(s)))
TESTS    = $(if $(T),$(T),$(sort $(wildcard tests/cases/*.cases tests/cli/*.cli \
    tests/unit/*.c $(filter-out %/driver.c,$(wildcard tests/fuzz/*.c)) \
    README.md tests/rooms)))

all: $(PROGRAMS) $(STATIC) $(SHARED) $(MANUALS) $(COMPLETIONS)

help:
	@printf '%s\n' \
	"make              the programs and the library, in $(BUILD)/" \
	"make deps         installs the packages that are missing (as root)" \
	"make demo         deps, then indexes corpus/ and asks three questions" \
	"make test         deps, then every test; T=FILE: one; BLESS=1: accepts" \
	"make sanitize     every test with the address and behaviour sanitizers" \
	"make fuzz         feeds each parser junk for SECONDS=60 (needs clang)" \
	"make rooms        the rules that a machine keeps" \
	"make bench        how long indexing and asking take" \
	"make cover        which lines the tests reach" \
	"make model        teaches the tagger anew from MODEL_DATA=FOLDER" \
	"make crossval     teaches it from each half and measures the other" \
	"make lint         more warnings, and the manual pages and scripts" \
	"make install      to DESTDIR= PREFIX=$(PREFIX); make uninstall" \
	"make dist         a tar file of the last commit" \
	"make clean        removes $(BUILD)/"

# ------------------------------------------------------------------- packages

MISSING = for package in $(PACKAGES); do \
    dpkg-query -W -f='$${Status}\n' $$package 2>/dev/null | \
    grep -q 'ok installed' || printf ' %s' "$$package"; done

deps:
	@command -v dpkg-query >/dev/null || exit 0; \
	missing=$$($(MISSING)); [ -z "$$missing" ] || { \
	    echo "installing:$$missing"; \
	    DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y --no-install-recommends $$missing; }

# Looked at once; what only other systems lack shows when it is compiled.
$(BUILD)/packages:
	@mkdir -p $(BUILD)
	@command -v dpkg-query >/dev/null || { touch $@; exit 0; }; \
	missing=$$($(MISSING)); [ -z "$$missing" ] || { \
	    echo "These packages are missing:$$missing"; \
	    echo "As root, make deps installs them."; exit 1; } >&2; touch $@

# ------------------------------------------------------------------- building

INDEX   := $(patsubst %,$(BUILD)/%.o,$(wildcard indexer/main*.c))
$(BUILD)/dateline-index: $(INDEX) $(OPTIONS) $(LIBRARY)
QUERY   := $(patsubst %,$(BUILD)/%.o,$(wildcard query/main*.c))
$(BUILD)/dateline-query: $(QUERY) $(OPTIONS) $(LIBRARY)
$(PROGRAMS):
	$(LINK)

$(LIBRARY): $(OBJECTS)
	@rm -f $@
	ar rcsD $@ $^

# For other programs: one object, of which they see dateline_* alone, so that no
# name of theirs is taken for one of ours.
$(STATIC): $(OBJECTS) Makefile
	$(LD) -r -o $(@:.a=.o) $(OBJECTS)
	objcopy --wildcard --keep-global-symbol='dateline_*' $(@:.a=.o)
	@rm -f $@
	ar rcsD $@ $(@:.a=.o)
	@rm $(@:.a=.o)

# A sanitizer's own symbols are found only when a program is linked.
DEFINED = $(if $(findstring sanitize,$(CFLAGS)),,-Wl,-z,defs)
$(SHARED): $(OBJECTS) include/libdateline.map
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libdateline.so.$(MAJOR) \
	    -Wl,--version-script=include/libdateline.map $(DEFINED) -o $@ \
	    $(filter %.o,$^) $(LIBS)
	@ln -sf $(@F) $(BUILD)/libdateline.so.$(MAJOR)
	@ln -sf $(@F) $(BUILD)/libdateline.so

$(BUILD)/tests/cases: $(BUILD)/tests/cases.c.o $(LIBRARY)
	$(LINK)
$(UNITS): $(BUILD)/%: $(BUILD)/%.c.o $(OPTIONS) $(LIBRARY)
	$(LINK)
$(FUZZERS): $(BUILD)/%: $(BUILD)/%.c.o $(BUILD)/tests/fuzz/driver.c.o $(LIBRARY)
	$(LINK)

# The tagger's weights are linked in as they are. MODEL_DATA holds the annotated
# texts (indexer/tagger.model.md); they are no part of this project.
$(BUILD)/indexer/tagger_model.c.o: indexer/tagger.model
TRAINER := $(patsubst %,$(BUILD)/%.o,$(wildcard indexer/train/*.c))
$(TRAINER): CFLAGS += -O3 -fno-math-errno -Wno-psabi
$(BUILD)/tagger-train: $(TRAINER) $(LIBRARY)
	$(LINK)
model: $(BUILD)/tagger-train
	@[ -d "$(MODEL_DATA)" ] || { echo "make model MODEL_DATA=FOLDER"; exit 1; }
	$(BUILD)/tagger-train $(MODEL_DATA) $(BUILD)/tagger.model
	mv $(BUILD)/tagger.model indexer/tagger.model

# What the recipe reaches: each half of the texts in turn is held back, then
# measured with the weights of the other.
crossval: $(BUILD)/tagger-train
	@[ -d "$(MODEL_DATA)" ] || { echo "make crossval MODEL_DATA=FOLDER"; exit 1; }
	for fold in 0 1; do $(BUILD)/tagger-train --fold $$fold $(MODEL_DATA) \
	    $(BUILD)/fold-$$fold.model || exit; done

# The list of options in a manual is the program's own.
$(BUILD)/man/%: common/% | $(BUILD)/packages
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/man/%: include/%
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/man/%: query/%
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/man/dateline-index.1: indexer/dateline-index.1 $(BUILD)/dateline-index
$(BUILD)/man/dateline-query.1: query/dateline-query.1 $(BUILD)/dateline-query
$(NAMES:%=$(BUILD)/man/%.1):
	@mkdir -p $(@D)
	$(BUILD)/$(basename $(@F)) --manual-options > $@.options
	sed '/^\.\\" OPTIONS/r $@.options' $< > $@
	@rm $@.options

$(foreach s,$(SHELLS),$(BUILD)/completion/%.$(s)): $(BUILD)/%
	@mkdir -p $(@D)
	for s in $(SHELLS); do $< --completion $$s > $(@D)/$*.$$s || exit; done

# Objects follow their flags as well as their sources.
FLAGS := $(BUILD)/flags
$(shell mkdir -p $(BUILD); printf '%s\n' '$(COMPILE_C) $(CXX) $(CXXFLAGS)' | \
    cmp -s - $(FLAGS) || printf '%s\n' '$(COMPILE_C) $(CXX) $(CXXFLAGS)' > $(FLAGS))

$(BUILD)/%.c.o: %.c $(FLAGS) | $(BUILD)/packages
	@mkdir -p $(@D)
	$(COMPILE_C) -MMD -MP -c -o $@ $<
$(BUILD)/%.cc.o: %.cc $(FLAGS) | $(BUILD)/packages
	@mkdir -p $(@D)
	$(COMPILE_CXX) -MMD -MP -c -o $@ $<

# The name lists, compiled in.
ISO_CODES ?= /usr/share/iso-codes/json
LOCALES   ?= /usr/share/locale
$(BUILD)/corpus/names/build: $(BUILD)/corpus/names/build.c.o \
    $(filter $(BUILD)/common/%.c.o,$(OBJECTS))
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBS)
$(BUILD)/names.inc: $(BUILD)/corpus/names/build $(wildcard corpus/names/*.txt)
	$< corpus/names $(ISO_CODES) $(LOCALES) > $@
$(BUILD)/indexer/gazetteer.c.o: $(BUILD)/names.inc

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# -------------------------------------------------------------------- testing

# Packages come first, so what they bring is seen by a make of its own.
# All cores are used unless -j says otherwise.
ALL_CORES = $(if $(findstring j,$(firstword -$(MAKEFLAGS))),,-j$(shell nproc))
demo test: deps
	@$(MAKE) --no-print-directory $(ALL_CORES) $@-run

test-run: all $(BUILD)/tests/cases $(UNITS) $(FUZZERS)
	@rm -rf $(BUILD)/tests/log
	@status=0; BUILD=$(BUILD) CC='$(CC)' CFLAGS='$(CFLAGS)' CXXFLAGS='$(CXXFLAGS)' \
	    prove -j2 --exec tests/run $(TESTS) || status=$$?; tests/run --count $(BUILD); \
	exit $$status

rooms: all
	@BUILD=$(BUILD) CC='$(CC)' prove --exec tests/run tests/rooms

SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
    -fno-sanitize-recover=all
sanitize: deps
	@$(MAKE) --no-print-directory $(ALL_CORES) test-run BUILD=$(BUILD)/sanitize \
	    CFLAGS='$(SANITIZE)' CXXFLAGS='$(SANITIZE) -fno-sanitize=vptr'

# What is found goes to tests/fuzz/corpus/NAME/ as a file, before it is mended.
FUZZ = -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
    -fno-sanitize-recover=all
fuzz: $(filter-out tests/fuzz/driver.c,$(wildcard tests/fuzz/*.c))
	@$(MAKE) --no-print-directory fuzz-run BUILD=$(BUILD)/fuzz CC=clang \
	    CXX=clang++ CFLAGS='$(FUZZ)' CXXFLAGS='$(FUZZ) -fno-sanitize=vptr'

FUZZ_ONE = $(or $(F),$(notdir $(basename $(FUZZERS))))
fuzz-run: $(FUZZ_ONE:%=$(BUILD)/tests/fuzz/%.c.o) $(LIBRARY)
	@for name in $(FUZZ_ONE); do \
	    program=$(BUILD)/tests/fuzz/$$name; mkdir -p $(BUILD)/found/$$name; \
	    $(CC) $(CFLAGS) -fsanitize=fuzzer -o $$program $$program.c.o \
	        $(LIBRARY) $(LIBS) || exit; \
	    echo "== $$name"; $$program -max_total_time=$(SECONDS) -timeout=10 \
	        -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
	        -artifact_prefix=$(BUILD)/found/$$name- $(BUILD)/found/$$name \
	        tests/fuzz/corpus/$$name || exit; done

cover: deps
	@rm -rf $(BUILD)/cover
	@$(MAKE) --no-print-directory test-run BUILD=$(BUILD)/cover \
	    CFLAGS='-O0 -g --coverage' CXXFLAGS='-O0 -g --coverage' || true
	@find $(BUILD)/cover -name '*.gcda' ! -path '*/tests/*' | sort | \
	    xargs gcov -n 2>/dev/null | awk -f tests/cover.awk

BENCH := $(patsubst %,$(BUILD)/%,$(basename $(wildcard tests/bench/*.c \
    tests/bench/*.cc)))
$(filter-out %/write,$(BENCH)): $(BUILD)/%: $(BUILD)/%.c.o $(LIBRARY)
	$(LINK)
$(filter %/write,$(BENCH)): $(BUILD)/%: $(BUILD)/%.cc.o $(LIBRARY)
	$(LINK)
bench: all $(BENCH)
	@BUILD=$(BUILD) tests/bench/run

lint: deps
	@$(MAKE) --no-print-directory all BUILD=$(BUILD)/lint \
	    EXTRA='-Werror -Wformat=2 -Wundef -Wvla -Wwrite-strings'
	for page in $(MANUALS); do groff -mandoc -ww -z -Tutf8 $$page || exit; done
	shellcheck .ci/run tests/bench/run

demo-run: all
	@tests/demo $(BUILD)

# The pictures of README.md, from corpus/; those of the page need chromium.
pictures: all
	@tests/pictures/draw $(BUILD)

# ----------------------------------------------------------------- installing

AT = $(DESTDIR)$(PREFIX)
install: all
	install -d $(AT)/bin $(AT)/include $(AT)/lib/pkgconfig
	install $(PROGRAMS) $(AT)/bin
	install -m 644 include/dateline.h $(AT)/include
	install -m 644 $(STATIC) $(SHARED) $(AT)/lib
	ln -sf $(notdir $(SHARED)) $(AT)/lib/libdateline.so.$(MAJOR)
	ln -sf libdateline.so.$(MAJOR) $(AT)/lib/libdateline.so
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@LIBS@|$(LIBS)|' \
	    include/dateline.pc.in > $(AT)/lib/pkgconfig/dateline.pc
	for page in $(MANUALS); do \
	    to=$(AT)/share/man/man$${page##*.}; install -d $$to && \
	    install -m 644 $$page $$to || exit; done
	install -d $(BASH_TO) $(ZSH_TO) $(FISH_TO)
	for name in $(NAMES); do from=$(BUILD)/completion/$$name; \
	    install -m 644 $$from.bash $(BASH_TO)/$$name && \
	    install -m 644 $$from.zsh $(ZSH_TO)/_$$name && \
	    install -m 644 $$from.fish $(FISH_TO)/$$name.fish || exit; done

	install -d $(UNITS_TO)/system $(UNITS_TO)/user $(AT)/lib/sysusers.d
	$(UNIT_SYSTEM) $(SERVICE) > $(UNITS_TO)/system/$(notdir $(SERVICE))
	$(UNIT_USER) $(SERVICE) > $(UNITS_TO)/user/$(notdir $(SERVICE))
	install -m 644 $(TIMER) $(UNITS_TO)/system
	install -m 644 $(TIMER) $(UNITS_TO)/user
	install -m 644 indexer/systemd/dateline.sysusers \
	    $(AT)/lib/sysusers.d/dateline.conf

# For the system, and for a user's own manager, which may do less.
UNITS_TO = $(AT)/lib/systemd
SERVICE  = indexer/systemd/dateline-index@.service
TIMER    = indexer/systemd/dateline-index@.timer
UNIT_SYSTEM = sed 's|@PREFIX@|$(PREFIX)|; s|@CONFIG@|/etc/dateline|; \
    s|@INDEX@|/var/lib/dateline/|'
UNIT_USER = sed '/^\# Only the system/,$$d; s|@PREFIX@|$(PREFIX)|; \
    s|@CONFIG@|%h/.config/dateline|; s|@INDEX@|%h/.local/share/dateline-|'

BASH_TO = $(AT)/share/bash-completion/completions
ZSH_TO  = $(AT)/share/zsh/site-functions
FISH_TO = $(AT)/share/fish/vendor_completions.d

uninstall:
	rm -f $(NAMES:%=$(AT)/bin/%) $(AT)/include/dateline.h \
	    $(AT)/lib/libdateline.a $(AT)/lib/libdateline.so* \
	    $(AT)/lib/pkgconfig/dateline.pc $(NAMES:%=$(BASH_TO)/%) \
	    $(NAMES:%=$(ZSH_TO)/_%) $(NAMES:%=$(FISH_TO)/%.fish) \
	    $(foreach m,system user,$(UNITS_TO)/$(m)/$(notdir $(SERVICE)) \
	    $(UNITS_TO)/$(m)/$(notdir $(TIMER))) $(AT)/lib/sysusers.d/dateline.conf \
	    $(foreach m,$(notdir $(MANUALS)),$(AT)/share/man/man$(subst .,,$(suffix \
	    $(m)))/$(m))

# The same commit gives the same bytes: git's times, gzip without one.
dist:
	@mkdir -p $(BUILD)
	git archive --prefix=dateline-$(VERSION)/ HEAD | gzip -9n \
	    > $(BUILD)/dateline-$(VERSION).tar.gz
	@echo $(BUILD)/dateline-$(VERSION).tar.gz

clean:
	rm -rf $(BUILD)

.PHONY: all help deps model crossval demo demo-run pictures test test-run rooms sanitize fuzz fuzz-run \
    cover bench lint install uninstall dist clean
.DELETE_ON_ERROR:
.SECONDARY:
