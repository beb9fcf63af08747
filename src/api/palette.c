#include "api/palette.h"

#include "query/codes.h"

#include <stdio.h>

const uint32_t palette_status[PALETTE_STATUSES] = {
	[STATUS_IDENTIFICATION] = 0x56b4e9,
	[STATUS_PREPARATION] = 0xe69f00,
	[STATUS_IMPLEMENTATION] = 0x0072b2,
	[STATUS_COMPLETION] = 0x009e73,
	[STATUS_MAINTENANCE] = 0xcc79a7,
	[STATUS_DECOMMISSIONING] = 0xf0e442,
	[STATUS_DECOMMISSIONED] = 0x8a8f90,
	[STATUS_CANCELLED] = 0x303536,
	[STATUS_SUSPENDED] = 0xd55e00,
};
const uint32_t palette_district = 0x8d7c56;
const uint32_t palette_layer = 0x006a75;
const uint32_t palette_edge = 0x20292b;

void palette_web(char out[static PALETTE_TEXT_SIZE], uint32_t colour)
{
	snprintf(out, PALETTE_TEXT_SIZE, "#%06x", (unsigned)colour & 0xffffff);
}

void palette_kml(char out[static PALETTE_TEXT_SIZE], uint32_t colour)
{
	snprintf(out, PALETTE_TEXT_SIZE, "ff%02x%02x%02x",
	    (unsigned)colour & 0xff, (unsigned)(colour >> 8) & 0xff,
	    (unsigned)(colour >> 16) & 0xff);
}
