/* A file without its licence. */

int answer;
