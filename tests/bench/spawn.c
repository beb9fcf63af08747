/* Runs a FastCGI program several times on one socket, as its manual has it: the
 * listening socket is its standard input. Ends with its children on SIGTERM.
 *
 *   spawn SOCKET COUNT PROGRAM [ARGUMENT...] */
#include <fcgiapp.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BACKLOG = 512, CHILDREN_MAX = 64, ARGUMENTS = 3 };

int main(int argc, char **argv)
{
	pid_t children[CHILDREN_MAX];
	sigset_t stop;
	long count = 0;
	int fd, number;

	if (argc > ARGUMENTS)
		count = strtol(argv[2], NULL, 10);
	if (count < 1 || count > CHILDREN_MAX) {
		fprintf(stderr, "usage: spawn SOCKET COUNT PROGRAM ...\n");
		return 2;
	}
	if (FCGX_Init() != 0 || (fd = FCGX_OpenSocket(argv[1], BACKLOG)) < 0)
		return 1;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	for (long i = 0; i < count; i++) {
		children[i] = fork();
		if (children[i] != 0)
			continue;
		if (dup2(fd, STDIN_FILENO) == STDIN_FILENO)
			execv(argv[ARGUMENTS], argv + ARGUMENTS);
		_exit(127);
	}
	sigprocmask(SIG_BLOCK, &stop, NULL);
	sigwait(&stop, &number);
	for (long i = 0; i < count; i++)
		if (children[i] > 0)
			kill(children[i], SIGKILL);
	while (wait(NULL) > 0)
		;
	return 0;
}
