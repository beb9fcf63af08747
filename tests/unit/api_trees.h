/* A layer "trees" of the sample's features, with every kind of attribute. */
#ifndef TEST_API_TREES_H
#define TEST_API_TREES_H

#include "api_fixture.h"

/* Makes it the fixture's only layer. */
void trees_open(struct collection *trees, struct fixture *f);
void trees_close(struct collection *trees);

#endif
