/* Currencies: how a sum is written and what it is worth saying of it. */
#ifndef INDEXER_MONEY_H
#define INDEXER_MONEY_H

#include "common/arena.h"

/* Signs and codes before the figure (a pattern); longer ones first. */
#define MONEY_BEFORE                                                            \
    "(?-i:(?:US|U\\.S\\.|HK|NT|NZ|COP|CA|AU|MX|RD|SG|A|C|S|N|R|J|Z|TT|BZ|CU|CLP|ARS)"  \
    " ?\\$|[$\\x{20a0}-\\x{20cf}\\x{a3}\\x{a5}\\x{e3f}\\x{fdfc}]|GH(?:\\x{20b5}"   \
    "|\\x{a2}|S)|US ?[Dd]ollars?|(?:U\\.S\\.)(?= ?\\d)|RMB|(?:USD|EUR|GBP|JPY|CHF|CNY|AUD"\
    "|CAD|NZD|INR|IRR|IQD|SAR|AED|QAR|KWD|BHD|OMR|JOD|EGP|ILS|TRY|RUB|UAH|PLN|CZK"   \
    "|HUF|RON|SEK|NOK|DKK|ISK|ZAR|NGN|KES|UGX|TZS|ETB|GHS|MAD|DZD|TND|BRL|MXN|ARS"  \
    "|CLP|COP|PEN|VES|UYU|PYG|BOB|CRC|DOP|HKD|TWD|SGD|MYR|IDR|THB|PHP|VND|KRW|PKR"  \
    "|BDT|LKR|NPR|MMK|KZT|UZS|XAF|XOF|FCFA|CFA)(?!\\w*[a-z])|Rs\\.?|Dhs?\\.?|SR|QR"  \
    "|RM|Tk\\.?|KD|BD|OMR|KShs?\\.?|UShs?\\.?|TShs?\\.?|Shs?\\.?|Fr\\.|R(?=\\d)"     \
    "|JD(?= ?\\d)|NIS(?= ?\\d)|K(?=\\d)|D (?=\\d)"               \
    "|N(?=\\d{1,3},\\d{3}|\\d+(?:\\.\\d+)? ?(?:[mb]illion|[mb]n\\b)))"

/* The first words of those, folded. */
#define MONEY_WORDS_BEFORE                                                      \
    "us hk nt nz cop ca au mx rd sg c s n r j z tt bz cu clp ars gh ghs rmb usd " \
    "eur gbp jpy chf cny aud cad nzd inr irr iqd sar aed qar kwd bhd omr jod egp " \
    "ils try rub uah pln czk huf ron sek nok dkk isk zar ngn kes ugx tzs etb mad " \
    "dzd tnd brl mxn pen ves uyu pyg bob crc dop hkd twd sgd myr idr thb php vnd " \
    "krw pkr bdt lkr npr mmk kzt uzs xaf xof fcfa cfa rs dh dhs sr qr rm tk kd bd " \
    "jd k nis ksh kshs ush ushs tsh tshs sh shs fr"

/* Words and signs after it. */
#define MONEY_AFTER                                                             \
    "(?:(?:(?:US|U\\.S\\.|Hong Kong|Australian|Canadian|New Zealand|Singapore|New "  \
    "Taiwan|Taiwan|Namibian?|American|British|Egyptian|Lebanese|Syrian|Turkish"   \
    "|Iranian|Iraqi|Kuwaiti|Jordanian|Saudi|Qatari|Omani|Yemeni|Emirati|UAE|Thai"  \
    "|Indian|Pakistani|Nepali|Nepalese|Sri Lankan|Chinese|Japanese|South Korean"  \
    "|Korean|Russian|Mexican|Chilean|Colombian|Argentine|Cuban|Dominican"         \
    "|Philippine|Swiss|Swedish|Norwegian|Danish|Czech|Polish|Kenyan|Ugandan"      \
    "|Tanzanian|Somali|Ghana(?:ian)?|Nigerian|South African|Algerian|Tunisian"    \
    "|Moroccan|Libyan|Sudanese|CFA|sterling)[\\s-])?"                             \
    "(?:dollars?|euros?|pounds?(?: sterling)?|pence|cents|yen|yuan|renminbi|rupees?" \
    "|rupiahs?|won|baht|pesos?|reais|reals?|francs?|ro?ubles?|dinars?|dirhams?"   \
    "|riyals?|rials?|shekels?|liras?|lire|nairas?|cedis?|shillings?|rand|ringgit" \
    "|dong|kyats?|kina|kron(?:a|or|er|e)|zlotys?|z\\x{142}oty|forints?|takas?|tenge"  \
    "|som|colon(?:es)?|bol[i\\x{ed}]var(?:es)?|soles|quetzal(?:es)?|lempiras?"     \
    "|c[o\\x{f3}]rdobas?|guaran[i\\x{ed}](?:es)?|bolivianos?|kwachas?|pulas?|birr" \
    "|hryvnias?|leva?|lei|meticais|patacas?|tugriks?|afghanis?|tomans?|bitcoins?" \
    "|d\\x{f3}lares|dollari|d\\x{f3}lar|euro|libras?|sterline|Franken|Dollar|Pfund" \
    "|Kronen|Rubel|dollaro|livres?|یورو|دلار|تومان|ریال|پوند|دولار|يورو|ريال|درهم"   \
    "|دينار|جنيه)"                                                                \
    "|(?-i:USD|EUR|GBP|JPY|CHF|CNY|RMB|AUD|CAD|INR|SAR|AED|ILS|TRY|RUB|UAH|PLN|CZK"  \
    "|HUF|SEK|NOK|DKK|ZAR|NGN|KES|GHS|BRL|MXN|ARS|CLP|COP|HKD|SGD|KRW|THB|IDR|FCFA"  \
    "|XAF|XOF|USDT)|[\\x{20ac}\\x{a3}$\\x{a5}])"

/* Where a currency's sign stands right before the figure at `at`, else at; not
 * before `least`. */
size_t money_symbol(const char *text, size_t least, size_t at);

/* "US$1.5 million" -> "USD 1500000"; the amount of a range is its first. NULL
 * where the currency cannot be told. */
const char *money_value(struct arena *arena, const char *text, size_t length);

/* The number at the head of text as a machine writes it: "1,500.5" and "1.500,5"
 * are "1500.5". Returns the bytes read. */
size_t number_read(char *out, size_t room, const char *text, size_t length);

#endif
