package dev.harborha.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other implementations say of the keys: OpenSSL of the token pair, the system's crypt of the htpasswd line. */
class OutsideJudgeTest {

    @TempDir
    Path temp;

    private Path saved() throws IOException {
        Path folder = temp.resolve("keys");
        Stores.KEYS.save(folder);
        return folder;
    }

    private static String openssl(String... arguments) throws IOException {
        OutsideProgram.require("openssl", "version");
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return OutsideProgram.run(command.toArray(String[]::new))
                .requireSuccess()
                .output();
    }

    @Test
    void opensslFindsTheKeySound() throws Exception {
        String key = saved().resolve("private_key.pem").toString();
        assertThat(openssl("rsa", "-check", "-noout", "-in", key)).contains("RSA key ok");
        Path again = temp.resolve("again.pem");
        openssl("rsa", "-traditional", "-in", key, "-out", again.toString());
        assertThat(Files.readString(again)).isEqualTo(Stores.KEYS.tokenKey().reveal());
    }

    @Test
    void opensslFindsTheCertificateSelfSignedAndOfTheKey() throws Exception {
        Path folder = saved();
        String certificate = folder.resolve("root.crt").toString();
        assertThat(openssl("verify", "-CAfile", certificate, certificate)).contains(": OK");
        assertThat(openssl("x509", "-noout", "-modulus", "-in", certificate))
                .isEqualTo(openssl(
                        "rsa",
                        "-noout",
                        "-modulus",
                        "-in",
                        folder.resolve("private_key.pem").toString()));
        Path again = temp.resolve("again.crt");
        openssl("x509", "-in", certificate, "-out", again.toString());
        assertThat(Files.readString(again)).isEqualTo(Stores.KEYS.tokenCertificate());
    }

    @Test
    void opensslComputesTheSameFingerprint() throws Exception {
        Path folder = saved();
        Path publicKey = temp.resolve("public.der");
        openssl(
                "pkey",
                "-in",
                folder.resolve("private_key.pem").toString(),
                "-pubout",
                "-outform",
                "DER",
                "-out",
                publicKey.toString());
        String fingerprint =
                openssl("dgst", "-sha256", "-r", publicKey.toString()).substring(0, 64);
        byte[] ours =
                TokenPair.withPublishedKeys().requireKey(Stores.KEYS.tokenKey().reveal());
        assertThat(TokenPair.fingerprint(ours)).isEqualTo(fingerprint);
    }

    /** As Harbor's prepare makes them: the empty name in the certificate is one that the JDK itself cannot read. */
    @Test
    void takesThePairThatHarborsPrepareMakes() throws Exception {
        Path folder = Stores.privateFolder(temp.resolve("keys"));
        String key = folder.resolve("private_key.pem").toString();
        String certificate = folder.resolve("root.crt").toString();
        openssl("genrsa", "-traditional", "-out", key, "2048");
        openssl("req", "-new", "-x509", "-key", key, "-out", certificate, "-days", "3650", "-subj", "/");
        Stores.chmod(Path.of(key), "rw-------");
        Stores.chmod(Path.of(certificate), "rw-------");
        ClusterKeys keys = ClusterKeys.loadOrGenerate(folder);
        assertThat(keys.tokenCertificate()).isEqualTo(Files.readString(Path.of(certificate)));
        assertThat(ClusterKeys.load(folder)).isEqualTo(keys);
    }

    @Test
    void theCureForPkcs8CuresIt() throws Exception {
        Path folder = Stores.privateFolder(temp.resolve("my keys"));
        Path key = folder.resolve("private_key.pem");
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key.toString());
        Stores.chmod(key, "rw-------");
        assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----");
        assertCured(
                folder,
                key + " is in PKCS#8 form (BEGIN PRIVATE KEY), which Harbor cannot read; convert it:"
                        + " `openssl rsa -traditional -in '" + key + "' -out '" + key + "'`.");
    }

    @Test
    void theCureForAnUncleanKeyCuresIt() throws Exception {
        Path folder = Stores.privateFolder(temp.resolve("keys"));
        String text = "My key:\r\n" + Stores.KEYS.tokenKey().reveal().replace("\n", "\r\n");
        Path key = Stores.put(folder, "private_key.pem", text);
        assertCured(
                folder,
                key + " is not one clean PEM block with Unix line ends; convert it: `openssl rsa -traditional" + " -in "
                        + key + " -out " + key + "`.");
        assertThat(Files.readString(key)).isEqualTo(Stores.KEYS.tokenKey().reveal());
    }

    @Test
    void theCureForAnUncleanCertificateCuresIt() throws Exception {
        Path folder = Stores.privateFolder(temp.resolve("keys"));
        Stores.put(folder, Member.PRIVATE_KEY);
        Path certificate = Stores.put(folder, "root.crt", "subject=\n" + Stores.KEYS.tokenCertificate());
        assertCured(
                folder,
                certificate + " is not one clean PEM block with Unix line ends; rewrite it: `openssl x509 -in "
                        + certificate + " -out " + certificate + "`.");
        assertThat(Files.readString(certificate)).isEqualTo(Stores.KEYS.tokenCertificate());
    }

    private static void assertCured(Path folder, String sentence) throws IOException {
        assertThat(Stores.refusal(folder, () -> ClusterKeys.loadOrGenerate(folder)))
                .isEqualTo(sentence);
        OutsideProgram.require("openssl", "version");
        String command = sentence.substring(sentence.indexOf('`') + 1, sentence.lastIndexOf('`'));
        OutsideProgram.run("sh", "-c", command).requireSuccess();
        assertThat(ClusterKeys.loadOrGenerate(folder)).isEqualTo(ClusterKeys.load(folder));
    }

    @Test
    void theSystemsCryptVerifiesTheHtpasswdLine() throws Exception {
        String line = Stores.KEYS.registryHtpasswd().reveal();
        String hash = line.substring(line.indexOf(':') + 1);
        assertThat(crypt(Stores.KEYS.registryPassword().reveal(), hash)).isEqualTo(hash);
        assertThat(crypt(Stores.OTHER_KEYS.registryPassword().reveal(), hash)).isNotEqualTo(hash);
    }

    /** Hashes a password with libcrypt, through whichever interpreter is there. */
    private static String crypt(String password, String salt) throws IOException {
        List<String> python = List.of(
                "python3",
                "-W",
                "ignore",
                "-c",
                "import crypt, os; print(crypt.crypt(os.environ['P'], os.environ['S']))");
        List<String> perl = List.of("perl", "-e", "print crypt($ENV{P}, $ENV{S}), \"\\n\"");
        String known = "$2y$05$abcdefghijklmnopqrstuuRWUgMyyCUnsDr8evYotXg5ZXVF/HhzS";
        for (List<String> command : List.of(python, perl)) {
            if (OutsideProgram.answers(command.get(0), "-e", "1") || OutsideProgram.answers(command.get(0), "-V")) {
                if (output(command, "abc", known).equals(known)) {
                    return output(command, password, salt);
                }
            }
        }
        OutsideProgram.missing("neither python3 nor perl has a crypt that knows bcrypt");
        return "";
    }

    private static String output(List<String> command, String password, String salt) throws IOException {
        return OutsideProgram.run("", Map.of("P", password, "S", salt), command.toArray(String[]::new))
                .output()
                .strip();
    }
}
