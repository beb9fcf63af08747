#include "kml_prolog.h"

/* Of what is passed over, white space before all. */
static bool is_end(const struct kml_prolog *p, char c)
{
	if (c != '>')
		return false;
	return p->state == PROLOG_COMMENT
		   ? p->last[0] == '-' && p->last[1] == '-'
		   : p->last[1] == '?';
}

static void begin(struct kml_prolog *p, int state)
{
	p->state = state;
	p->last[0] = '\0';
	p->last[1] = '\0';
}

/* One byte; whether it shows a declaration. */
static bool see(struct kml_prolog *p, char c)
{
	switch (p->state) {
	case PROLOG_OUTSIDE:
		if (c == '<')
			begin(p, PROLOG_OPEN);
		return false;
	case PROLOG_OPEN:
		begin(p, c == '!'   ? PROLOG_MARK
			 : c == '?' ? PROLOG_INSTRUCTION
				    : PROLOG_OVER);
		return false;
	case PROLOG_MARK:
		if (c != '-')
			return true;
		if (p->last[1] == '-')
			begin(p, PROLOG_COMMENT);
		else
			p->last[1] = '-';
		return false;
	case PROLOG_COMMENT:
	case PROLOG_INSTRUCTION:
		if (is_end(p, c)) {
			begin(p, PROLOG_OUTSIDE);
			return false;
		}
		p->last[0] = p->last[1];
		p->last[1] = c;
		return false;
	case PROLOG_OVER:
		break;
	}
	return false;
}

bool kml_prolog_declares(struct kml_prolog *p, struct str piece)
{
	for (size_t i = 0; i < piece.len && p->state != PROLOG_OVER; i++) {
		p->newlines += piece.data[i] == '\n';
		/* Two bytes a character: one of them says nothing. */
		if (piece.data[i] != '\0' && see(p, piece.data[i]))
			return true;
	}
	return false;
}
