/* Arrays whose size the compiler knows. */
#ifndef BUDGETMAP_BASE_ARRAY_H
#define BUDGETMAP_BASE_ARRAY_H

/* How many elements an array has; never of a pointer. */
#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

#endif
