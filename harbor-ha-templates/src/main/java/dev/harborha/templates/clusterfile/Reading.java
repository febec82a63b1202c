package dev.harborha.templates.clusterfile;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the reading of one file goes by.
 *
 * @param problems where refusals are collected
 * @param folder what {@code file:} references are relative to
 * @param environment what {@code env:} references look into
 */
record Reading(Problems problems, Path folder, Map<String, String> environment) {}
