/* sd_notify(3) without its library. */
#ifndef BUDGETMAP_APP_NOTIFY_H
#define BUDGETMAP_APP_NOTIFY_H

/* Tells systemd the state, e.g. "READY=1"; does nothing where NOTIFY_SOCKET is
 * not set. */
void notify_state(const char *state);

/* RELOADING=1 with the time it needs. */
void notify_reloading(void);

/* The listening socket that systemd hands over (sd_listen_fds(3)); -1: none. */
int notify_inherited_socket(void);

#endif
