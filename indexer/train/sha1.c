/* FIPS 180-4, section 6.1. */
#include "indexer/train/sha1.h"

#include <string.h>

static uint32_t rotate(uint32_t x, unsigned by)
{
    return x << by | x >> (32 - by);
}

static uint32_t choose(unsigned round, const uint32_t h[5])
{
    if (round < 20)
        return ((h[1] & h[2]) | (~h[1] & h[3])) + 0x5a827999u;
    if (round < 40)
        return (h[1] ^ h[2] ^ h[3]) + 0x6ed9eba1u;
    if (round < 60)
        return ((h[1] & h[2]) | (h[1] & h[3]) | (h[2] & h[3])) + 0x8f1bbcdcu;
    return (h[1] ^ h[2] ^ h[3]) + 0xca62c1d6u;
}

static void block(uint32_t state[5], const uint8_t bytes[64])
{
    uint32_t w[80], h[5];
    for (unsigned i = 0; i < 16; i++)
        w[i] = (uint32_t)bytes[4 * i] << 24 | (uint32_t)bytes[4 * i + 1] << 16 |
               (uint32_t)bytes[4 * i + 2] << 8 | bytes[4 * i + 3];
    for (unsigned i = 16; i < 80; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    memcpy(h, state, sizeof h);
    for (unsigned i = 0; i < 80; i++) {
        uint32_t next = rotate(h[0], 5) + choose(i, h) + h[4] + w[i];
        h[4] = h[3];
        h[3] = h[2];
        h[2] = rotate(h[1], 30);
        h[1] = h[0];
        h[0] = next;
    }
    for (unsigned i = 0; i < 5; i++)
        state[i] += h[i];
}

void sha1(uint8_t digest[20], const char *bytes, size_t length)
{
    uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
                         0xc3d2e1f0};
    size_t left = length;
    for (; left >= 64; left -= 64, bytes += 64)
        block(state, (const uint8_t *)bytes);
    uint8_t last[128] = {0};
    memcpy(last, bytes, left);
    last[left] = 0x80;
    size_t end = left < 56 ? 64 : 128;
    for (unsigned i = 0; i < 8; i++)
        last[end - 1 - i] = (uint8_t)((uint64_t)length * 8 >> (8 * i));
    block(state, last);
    if (end == 128)
        block(state, last + 64);
    for (unsigned i = 0; i < 20; i++)
        digest[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}
