/* byte_echo.c: gives back each byte that comes on standard input, until its end: what a process boundary costs when nothing else is done. */
#include <unistd.h>

int main(void)
{
    char byte;

    while (read(0, &byte, 1) == 1)
        if (write(1, &byte, 1) != 1)
            return 1;
    return 0;
}
