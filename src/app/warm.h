/* A large file on its way into memory. */
#ifndef BUDGETMAP_APP_WARM_H
#define BUDGETMAP_APP_WARM_H

/* Has the system read a file ahead, from its beginning to its end, when it
 * takes no more than half of the memory there is: who reads all of it by
 * chance goes to the disk for each page otherwise. */
void warm_file(const char *path);

#endif
