package dev.harborha.e2e;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry says to a client without a good token.
 *
 * @param realm where tokens are given
 * @param service for which service to ask there
 * @param scope for which scope to ask there
 * @param error what was wrong with the token that was shown
 */
record Challenge(String realm, String service, Optional<String> scope, Optional<String> error) {

    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /**
     * Reads the challenge of an answer.
     *
     * @param answer an answer with status 401
     * @return the challenge
     */
    static Challenge in(Answer answer) {
        String header = answer.expect(401).need("WWW-Authenticate");
        if (!header.startsWith("Bearer ")) {
            throw new AssertionError("This is no Bearer challenge: " + header);
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        return new Challenge(
                parameters.getOrDefault("realm", ""),
                parameters.getOrDefault("service", ""),
                Optional.ofNullable(parameters.get("scope")),
                Optional.ofNullable(parameters.get("error")));
    }
}
