/* Whether KML stands in the order of ogckml22.xsd. */
#ifndef BUDGETMAP_TESTS_KML_ORDER_H
#define BUDGETMAP_TESTS_KML_ORDER_H

#include "base/str.h"

/* Fails unless it is well-formed, without prefixes, has only elements that may
 * stand where they do, in the schema's order, and every id once. */
void kml_order_check(struct str kml);

#endif
