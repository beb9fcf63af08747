/* Which build of the program this is. */
#ifndef BUDGETMAP_BASE_BUILD_ID_H
#define BUDGETMAP_BASE_BUILD_ID_H

#include "base/str.h"

/* The bytes of the build id that the linker wrote into the program
 * (NT_GNU_BUILD_ID), equal for equal programs on any machine; empty when it
 * wrote none. They stand in the program itself. */
struct str build_id(void);

#endif
