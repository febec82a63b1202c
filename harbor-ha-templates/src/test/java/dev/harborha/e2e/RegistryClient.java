package dev.harborha.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks the protocol of docker registries as docker does, step by step, and repeats nothing unless it is told to.
 *
 * <p>It leaves the public URL only where docker would: for a blob that the registry sends it to fetch elsewhere.
 */
final class RegistryClient {

    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([A-Za-z0-9._-]+)\"");
    private static final String ADMIN = "admin";

    private final WireClient wire;
    private final Door door;
    private final String password;
    private final Map<String, Door> elsewhere = new HashMap<>();

    /**
     * Makes a client.
     *
     * @param source its own address, in 127.0.0.0/8
     * @param door where it knocks
     * @param password the administrator's password
     */
    RegistryClient(String source, Door door, String password) {
        this.wire = new WireClient(source);
        this.door = door;
        this.password = password;
    }

    /**
     * Tells the client how another server is reached, for blobs that lie there.
     *
     * @param other the door of that server
     * @return this
     */
    RegistryClient knowing(Door other) {
        elsewhere.put(other.url().getAuthority(), other);
        return this;
    }

    /** Asks without a token what the registry wants. */
    Challenge challenge() throws IOException {
        return Challenge.in(wire.send(door, "GET", "/v2/", Map.of()));
    }

    /**
     * Gets a token as docker does: from where the challenge says, if that is behind this client's door.
     *
     * @param repository the repository to push to and pull from
     * @return the token, as the value of the header {@code Authorization}
     * @throws IOException if there is no answer
     */
    String token(String repository) throws IOException {
        Challenge challenge = challenge();
        String scope = "repository:" + repository + ":push,pull";
        Answer answer = wire.send(
                door,
                "GET",
                inside(challenge.realm()) + "?account=" + ADMIN + "&service=" + encode(challenge.service()) + "&scope="
                        + encode(scope),
                authorized(basic(ADMIN, password)));
        Matcher token = TOKEN.matcher(answer.expect(200).text());
        if (!token.find()) {
            throw new AssertionError("No token in " + answer);
        }
        return "Bearer " + token.group(1);
    }

    /**
     * Writes a name and a password as the registry of Harbor 2.x takes them.
     *
     * @param name the name
     * @param password the password
     * @return the value of the header {@code Authorization}
     */
    static String basic(String name, String password) {
        byte[] both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /**
     * Sends any request.
     *
     * @param authorization what {@link #token} or {@link #basic} gave
     * @param method the method
     * @param target path and query
     * @return the answer
     * @throws IOException if there is no answer
     */
    Answer ask(String authorization, String method, String target) throws IOException {
        return wire.send(door, method, target, authorized(authorization));
    }

    /**
     * Begins the upload of a blob.
     *
     * @param authorization what {@link #token} or {@link #basic} gave
     * @param repository the repository
     * @return the upload
     * @throws IOException if there is no answer
     */
    Upload upload(String authorization, String repository) throws IOException {
        Answer answer = wire.send(
                door, "POST", "/v2/" + repository + "/blobs/uploads/", authorized(authorization), new byte[0]);
        return new Upload(authorization, answer.expect(202).need("Location"));
    }

    /**
     * Goes on with an upload that another client began, as when a load balancer changes the node.
     *
     * @param begun the upload of the other client
     * @return the same upload through this client's door
     */
    Upload resume(Upload begun) {
        return new Upload(begun.authorization, begun.location);
    }

    /**
     * Uploads a blob in two pieces, if it is not there yet: HEAD, POST, PATCH, PATCH, PUT.
     *
     * @param authorization what {@link #token} or {@link #basic} gave
     * @param repository the repository
     * @param blob the blob
     * @throws IOException if an answer is missing
     */
    void push(String authorization, String repository, byte[] blob) throws IOException {
        if (ask(authorization, "HEAD", "/v2/" + repository + "/blobs/" + Image.digest(blob))
                        .status()
                == 200) {
            return;
        }
        int half = blob.length / 2;
        upload(authorization, repository)
                .patch(Arrays.copyOfRange(blob, 0, half))
                .patch(Arrays.copyOfRange(blob, half, blob.length))
                .finish(Image.digest(blob));
    }

    /**
     * Uploads a blob with the request that also ends the upload, if it is not there yet, as containerd does: HEAD, POST, PUT.
     *
     * @param authorization what {@link #token} or {@link #basic} gave
     * @param repository the repository
     * @param blob the blob
     * @throws IOException if an answer is missing
     */
    void pushAtOnce(String authorization, String repository, byte[] blob) throws IOException {
        String digest = Image.digest(blob);
        if (ask(authorization, "HEAD", "/v2/" + repository + "/blobs/" + digest).status() == 200) {
            return;
        }
        String target = inside(upload(authorization, repository).location());
        Map<String, String> headers = new HashMap<>(authorized(authorization));
        headers.put("Content-Type", "application/octet-stream");
        wire.send(door, "PUT", target + (target.contains("?") ? "&" : "?") + "digest=" + encode(digest), headers, blob)
                .expect(201);
    }

    /**
     * Uploads an image and names it.
     *
     * @param authorization what {@link #token} or {@link #basic} gave
     * @param repository the repository
     * @param tag the tag
     * @param image the image
     * @return the digest of its manifest, as the registry gives it
     * @throws IOException if an answer is missing
     */
    String push(String authorization, String repository, String tag, Image image) throws IOException {
        for (byte[] blob : image.blobs()) {
            push(authorization, repository, blob);
        }
        return name(authorization, repository, tag, image);
    }

    /**
     * Uploads only the manifest of an image.
     *
     * @param authorization what {@link #token} or {@link #basic} gave
     * @param repository the repository
     * @param tag the tag
     * @param image the image, whose blobs are there
     * @return the digest of the manifest, as the registry gives it
     * @throws IOException if an answer is missing
     */
    String name(String authorization, String repository, String tag, Image image) throws IOException {
        Map<String, String> headers = new HashMap<>(authorized(authorization));
        headers.put("Content-Type", Image.MANIFEST_TYPE);
        Answer answer = wire.send(door, "PUT", "/v2/" + repository + "/manifests/" + tag, headers, image.manifest());
        inside(answer.expect(201).need("Location"));
        return answer.need("Docker-Content-Digest");
    }

    /**
     * Fetches a manifest.
     *
     * @param authorization what {@link #token} or {@link #basic} gave
     * @param repository the repository
     * @param reference a tag or a digest
     * @return its bytes
     * @throws IOException if there is no answer
     */
    byte[] manifest(String authorization, String repository, String reference) throws IOException {
        Map<String, String> headers = new HashMap<>(authorized(authorization));
        headers.put("Accept", Image.MANIFEST_TYPE);
        return wire.send(door, "GET", "/v2/" + repository + "/manifests/" + reference, headers)
                .expect(200)
                .body();
    }

    /**
     * Fetches a blob, also where the registry sends the client to fetch it elsewhere.
     *
     * @param authorization what {@link #token} or {@link #basic} gave
     * @param repository the repository
     * @param digest the blob's digest
     * @return its bytes
     * @throws IOException if there is no answer
     */
    byte[] blob(String authorization, String repository, String digest) throws IOException {
        Answer answer = ask(authorization, "GET", "/v2/" + repository + "/blobs/" + digest);
        if (answer.status() == 307) {
            URI target = URI.create(answer.need("Location"));
            Door other = elsewhere.get(target.getAuthority());
            if (other == null) {
                throw new AssertionError("The registry sends the client to an unknown place: " + target);
            }
            answer = wire.send(other, "GET", target.getRawPath() + "?" + target.getRawQuery(), Map.of());
        }
        return answer.expect(200).body();
    }

    /** An upload that goes on where the last answer said. */
    final class Upload {

        private final String authorization;
        private String location;

        private Upload(String authorization, String location) {
            this.authorization = authorization;
            this.location = location;
        }

        /** Returns where the upload goes on: the last {@code Location}. */
        String location() {
            return location;
        }

        /**
         * Sends the next piece with a length.
         *
         * @param piece the bytes
         * @return this
         * @throws IOException if there is no answer
         */
        Upload patch(byte[] piece) throws IOException {
            return patch(out -> out.write(piece));
        }

        /**
         * Streams the next piece in chunks, as docker streams a layer.
         *
         * @param piece writes the bytes
         * @return this
         * @throws IOException if there is no answer
         */
        Upload patch(WireClient.Body piece) throws IOException {
            location = patchAnswer(piece).expect(202).need("Location");
            return this;
        }

        /**
         * Streams the next piece in chunks and hands out the answer as it is.
         *
         * @param piece writes the bytes
         * @return the answer
         * @throws IOException if there is no answer
         */
        Answer patchAnswer(WireClient.Body piece) throws IOException {
            Map<String, String> headers = new HashMap<>(authorized(authorization));
            headers.put("Content-Type", "application/octet-stream");
            return wire.stream(door, "PATCH", inside(location), headers, piece);
        }

        /**
         * Ends the upload.
         *
         * @param digest the digest of all that was sent
         * @throws IOException if there is no answer
         */
        void finish(String digest) throws IOException {
            String target = inside(location);
            Answer answer = wire.send(
                    door,
                    "PUT",
                    target + (target.contains("?") ? "&" : "?") + "digest=" + encode(digest),
                    authorized(authorization),
                    new byte[0]);
            inside(answer.expect(201).need("Location"));
        }
    }

    /** Takes path and query out of a URL that must begin with the public scheme and authority. */
    private String inside(String url) {
        String start = door.url().getScheme() + "://" + door.url().getAuthority() + "/";
        if (!url.startsWith(start)) {
            throw new AssertionError("The client is sent away from " + start + " to " + url);
        }
        return url.substring(start.length() - 1);
    }

    private static Map<String, String> authorized(String authorization) {
        return Map.of("Authorization", authorization);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
