package dev.harborha.templates.harbor2;

import dev.harborha.templates.rendering.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The real nginx on machines of a few files: each configuration is read under the very paths that it names, and nothing in it is
 * changed. One start of a program serves all machines.
 */
final class NginxSandbox {

    /**
     * Gives nginx this machine's programs, a name service that reads {@code /etc/hosts} only, and the folders of each machine in
     * turn, where containers have them mounted. All mounts are in a namespace that ends with the script, in which there is no
     * network either.
     */
    private static final String SCRIPT = """
            set -eu
            umask 022
            cd "$1"
            nginx=$2
            mkdir root
            mount -t tmpfs none root
            for folder in bin sbin lib lib32 lib64 libx32 usr dev proc etc/ssl; do
              if [ -L "/$folder" ]; then
                cp -P "/$folder" root
              elif [ -d "/$folder" ]; then
                mkdir -p "root/$folder"
                mount --rbind "/$folder" "root/$folder"
              fi
            done
            mkdir -p root/tmp root/run root/var/log/nginx root/var/lib/nginx
            echo 'hosts: files' > root/etc/nsswitch.conf
            for name in root www-data nobody; do
              echo "$name:x:0:0::/:/bin/false" >> root/etc/passwd
            done
            for name in root www-data nogroup; do
              echo "$name:x:0:" >> root/etc/group
            done
            touch root/etc/hosts
            mkdir -p root/etc/nginx root/etc/cert root/etc/harbor/tls root/harbor_cust_cert root/var/lib/harbor-lb
            for machine in machines/*; do
              if unshare -m /bin/sh -euc '
                for part in etc/hosts etc/nginx etc/cert etc/harbor/tls harbor_cust_cert var/lib/harbor-lb; do
                  if [ -e "$1/$part" ]; then
                    mount --bind "$1/$part" "root/$part"
                  fi
                done
                exec chroot root "$2" -t -e stderr -c /etc/nginx/nginx.conf
              ' nginx "$machine" "$nginx" > "$machine/said" 2>&1; then
                touch "$machine/accepted"
              fi
            done
            touch finished
            """;

    private NginxSandbox() {}

    /**
     * Asks nginx whether each machine's {@code /etc/nginx/nginx.conf} is right: no error and no warning.
     *
     * @param folder an empty folder
     * @param machines the files of each machine by their absolute paths, under the machine's name
     * @return what nginx says to those that are not, by the machine's name
     */
    static Map<String, String> refusals(Path folder, Map<String, SortedMap<String, String>> machines)
            throws IOException {
        List<String> names = List.copyOf(machines.keySet());
        for (int i = 0; i < names.size(); i++) {
            for (Map.Entry<String, String> file : machines.get(names.get(i)).entrySet()) {
                Path target = machine(folder, i).resolve(file.getKey().substring(1));
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getValue());
            }
        }
        List<String> command = new ArrayList<>();
        command.add(Program.require("unshare").toString());
        command.add("root".equals(System.getProperty("user.name")) ? "-mn" : "-rmn");
        command.addAll(List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "sandbox",
                folder.toAbsolutePath().toString(),
                Program.require("nginx").toString()));
        Program.Result result = Program.run(folder, Map.of(), command);
        Files.deleteIfExists(folder.resolve("root"));
        if (!Files.exists(folder.resolve("finished"))) {
            throw Program.missing("This process may not mount in a namespace of its own: " + result.output());
        }
        Map<String, String> refusals = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String said = Files.readString(machine(folder, i).resolve("said"));
            if (said.contains("(97: ")) {
                throw Program.missing("This machine has no IPv6.");
            }
            if (!Files.exists(machine(folder, i).resolve("accepted")) || said.contains("[warn]")) {
                refusals.put(names.get(i), said);
            }
        }
        return refusals;
    }

    private static Path machine(Path folder, int number) {
        return folder.resolve("machines").resolve(Integer.toString(number));
    }
}
