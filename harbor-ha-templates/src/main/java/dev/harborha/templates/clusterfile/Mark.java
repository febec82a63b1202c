package dev.harborha.templates.clusterfile;

/**
 * A place in a file.
 *
 * @param line the line, from 1
 * @param column the character in that line, from 1
 */
record Mark(int line, int column) {}
