/**
 * What a careful founder brings along. `typed` is written with the thumb there and then; `pasted` are long answers
 * that were written before and wait in the phone's notes. Keys of `pasted` and `answers` are those of the form.
 */
export const typed = {
  name: 'Lucía Ferrer Sáinz',
  email: 'lucia@mareas-claras.example',
  password: 'siete gaviotas al amanecer',
  team: 'Mareas Claras',
  answers: {
    'project-title': 'Saber antes de salir qué sitio está tranquilo',
    website: 'https://mareas-claras.example/',
  },
};

export const pasted = {
  summary:
    'Proponemos un aviso sencillo de cuánta gente hay en cada acceso, pensado para quien decide en casa si sale ahora o espera media hora. Se apoya en los contadores de paso que ya existen y en alfombras de peso donde no los hay. No usa cámaras ni obliga a instalar nada en el teléfono. Creemos que repartir las visitas a lo largo del día acortará las esperas y dejará sitio a quienes hoy se dan la vuelta.',
  'team-experience':
    'Somos tres personas: una ingeniera de sensores, un desarrollador y una especialista en accesibilidad. En 2024 contamos pasajeros en dos estaciones de autobús durante cuatro meses, con un error inferior al cinco por ciento frente al recuento manual. La ingeniera dirigió antes el mantenimiento de una red municipal de medida de ruido con ciento veinte puntos. Dedicaremos a la prueba dos jornadas completas por semana cada una, y una de nosotras vive en la ciudad, de modo que cualquier avería se atiende en el mismo día. Hemos firmado ya un acuerdo de tratamiento de datos con otro ayuntamiento y conocemos los plazos de sus servicios.',
  solution:
    '**Qué es.** Una red pequeña de contadores y una página que dice, para cada acceso, si hay sitio ahora y cómo suele estar dentro de una hora.\n\n**Cómo funciona.** Cada contador suma entradas y salidas cada cinco minutos y envía solo dos números por LoRaWAN. El servidor los compara con los del mismo día de otras semanas y con la previsión del tiempo, y calcula tres estados: tranquilo, animado y lleno. La página, los paneles de las paradas y los datos abiertos muestran lo mismo.\n\n**Qué tiene de nuevo.** No intenta contar a todo el mundo: aprende con pocas semanas de datos cuánto falta por contar y lo dice. Un estado dudoso se muestra como dudoso. Las personas mayores pueden llamar a un número y escuchar el estado en castellano o en inglés.\n\n**Cómo ayuda a resolver el problema.** Hoy la gente llega, ve que no cabe y busca otro sitio en coche. Con el aviso, una parte elegirá otra hora u otro acceso. En nuestra prueba anterior, uno de cada seis viajeros cambió de hora cuando supo que el siguiente autobús vendría medio vacío.\n\n**Qué queda por saber.** Si el aviso llega a quienes no miran el teléfono, y si los paneles bastan para ellos. Lo mediremos con encuestas breves en los accesos, dos mañanas y dos tardes por semana.',
  'security-privacy':
    'Solo se usan recuentos: entradas y salidas por acceso cada cinco minutos. Ningún dato es personal y no se guarda ningún identificador de dispositivo. Los contadores firman cada mensaje con una clave propia, guardada en un elemento seguro; el tráfico va cifrado hasta el servidor y un contador robado se da de baja en un minuto. Los recuentos por debajo de cinco personas se publican como «menos de cinco». Los datos en bruto se borran a los treinta días; quedan los totales por hora. El código del servidor es abierto y puede revisarse antes de la prueba.',
  demonstration:
    '1. Semana 1: instalamos seis contadores y los comparamos con un recuento a mano durante dos días. Se verá el error de cada uno.\n2. Semanas 2 y 3: la página y dos paneles muestran el estado, sin avisar todavía a nadie. Se verá si el estado previsto coincide con el real una hora después.\n3. Semanas 4 a 6: se anuncia el servicio en los paneles y en la web municipal. Se verá cuántas personas lo consultan y cómo cambian las horas de llegada.\n4. Semana 7: encuesta y balance público.\n\nSabremos que funciona si el error se mantiene por debajo del diez por ciento, si el estado previsto acierta en cuatro de cada cinco casos y si la hora punta baja al menos un cinco por ciento frente a las semanas anteriores.',
  'testbed-needs':
    'Imprescindible: seis puntos con farola o poste donde fijar los contadores, acceso a la red LoRaWAN y a los datos de paso que ya existen, y una persona de contacto con quien acordar los permisos.\n\nDeseable: dos paneles informativos, los datos de tráfico de los accesos y una nota en la web municipal al comenzar la semana 4.',
};
