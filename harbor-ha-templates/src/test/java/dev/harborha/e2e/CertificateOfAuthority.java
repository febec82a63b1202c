package dev.harborha.e2e;

import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server's certificate that an authority of the test signed, made by openssl and good for a day.
 *
 * @param authority the file with the authority's certificate
 * @param certificate the file with the server's certificate
 * @param key the file with the server's key
 */
record CertificateOfAuthority(Path authority, Path certificate, Path key) {

    /**
     * Makes an authority and a certificate.
     *
     * @param folder an empty folder
     * @param address the address that the certificate names
     * @return the certificate
     */
    static CertificateOfAuthority of(Path folder, String address) {
        CertificateOfAuthority made = new CertificateOfAuthority(
                folder.resolve("ca.crt"), folder.resolve("server.crt"), folder.resolve("server.key"));
        openssl(folder, "req -x509 -subj /CN=authority -keyout ca.key -out ca.crt -addext keyUsage=keyCertSign");
        openssl(folder, "req -subj /CN=server -keyout server.key -out server.csr");
        try {
            Files.writeString(folder.resolve("server.ext"), "subjectAltName=IP:" + address + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        openssl(
                folder,
                "x509 -req -days 1 -CA ca.crt -CAkey ca.key -CAcreateserial -extfile server.ext -in server.csr"
                        + " -out server.crt");
        return made;
    }

    private static void openssl(Path folder, String arguments) {
        List<String> command =
                new ArrayList<>(List.of(Program.require("openssl").toString()));
        command.addAll(List.of(arguments.split(" ")));
        if (command.get(1).equals("req")) {
            command.addAll(
                    2, List.of("-new", "-nodes", "-days", "1", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"));
        }
        Program.run(folder, Map.of(), command).succeeded();
    }
}
