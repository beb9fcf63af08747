#include "api/text_gis.h"

#include "base/array.h"

const char *const gis_intro[LANG_COUNT] = {
	"Картадағы барлық деректер кез келген ГАЖ бағдарламасында ашылады: "
	"тіркелу де, кілт те керек емес. Қажет мекенжайды көшіріп алыңыз.",
	"Все данные карты открываются в любой ГИС: без регистрации и без "
	"ключа. Скопируйте нужный адрес.",
	"Everything on the map opens in any GIS: no account, no key. Copy the "
	"address you need.",
};

const char *const gis_filters[LANG_COUNT] = {
	"Ортақ параметрлер мен filter= (CQL2) нысандар, тақталар және KML "
	"мекенжайларында жұмыс істейді; жеке атрибуттар параметр ретінде тек "
	"нысандарда (/items) қабылданады. Мысалы, мынаны қосыңыз:",
	"Общие параметры и filter= (CQL2) действуют в адресах объектов, плиток "
	"и KML; отдельные атрибуты как параметры — только у объектов (/items). "
	"Добавьте, например:",
	"Common parameters and filter= (CQL2) work in the addresses of "
	"features, tiles and KML; each attribute is a parameter of its own "
	"with features (/items) only. Add, for example:",
};

static const struct gis_program programs[] = {
	{ "QGIS",
	    { "«Қабат → Қабат қосу → WFS / OGC API – Features қабатын қосу» "
	      "терезесінде төмендегі мекенжаймен жаңа қосылым жасаңыз. QML "
	      "стилі қабат қасиеттерінде жүктеледі: «Стиль → Стильді жүктеу». "
	      "Үлкен қабатқа қосылымда бет өлшемін 10000 деп қойыңыз. "
	      "Екінші жол — Python консоліне арналған дәл сол қабат.",
		"«Слой → Добавить слой → Добавить слой WFS / OGC API – "
		"Features»: создайте соединение с первым адресом. Стиль QML "
		"загружается в свойствах слоя: «Стиль → Загрузить стиль». "
		"Для больших слоёв задайте в соединении размер страницы "
		"10000. Вторая строка — тот же слой для консоли Python.",
		"Layer → Add Layer → Add WFS / OGC API – Features Layer: make "
		"a "
		"new connection with the first address. A QML style is loaded "
		"in "
		"the layer's properties: Style → Load Style. For large "
		"layers set the connection's page size to 10000. The second "
		"line is the same layer for the Python console." },
	    { "@B/api",
		"iface.addVectorLayer(\"pagingEnabled='true' url='@B/api' "
		"typename='projects' version='OGC_API_FEATURES'\", "
		"\"projects\", \"OAPIF\")" } },
	{ "GDAL / OGR",
	    { "Жинақтар тізімі, GeoPackage көшірмесі және аумағы мен шарты "
	      "бар таңдау. PAGE_SIZE болмаса, GDAL бір сұрауда он-ақ нысан "
	      "алады:",
		"Список коллекций, копия в GeoPackage и выборка по охвату и "
		"условию. Без PAGE_SIZE GDAL берёт по десять объектов за "
		"запрос:",
		"The list of collections, a copy as GeoPackage, and a "
		"selection by box and condition. Without PAGE_SIZE GDAL "
		"fetches ten features a request:" },
	    { "ogrinfo -ro OAPIF:@B/api",
		"ogr2ogr -f GPKG projects.gpkg OAPIF:@B/api projects "
		"-oo PAGE_SIZE=10000",
		"ogr2ogr -f GeoJSON turkistan.geojson OAPIF:@B/api projects "
		"-oo PAGE_SIZE=10000 -spat 68.1 43.2 68.4 43.4 -where \"status "
		"= "
		"'implementation'\"" } },
	{ "ArcGIS Pro",
	    { "«Insert → Connections → Server → New OGC API Server» "
	      "терезесіне мына мекенжайды енгізіңіз:",
		"«Insert → Connections → Server → New OGC API Server», адрес:",
		"Insert → Connections → Server → New OGC API Server, with this "
		"address:" },
	    { "@B/api" } },
	{ "Google Earth",
	    { "Төмендегі KML файлын жүктеп алып, ашыңыз: ол шағын, қараған "
	      "жеріңіздегі нысандарды өзі сұрап, жаңартып отырады. Оның "
	      "мекенжайын «Қосу → Желілік сілтеме» арқылы да беруге болады.",
		"Скачайте и откройте файл KML из таблицы ниже: он мал, сам "
		"запрашивает то, на что вы смотрите, и обновляется. Его адрес "
		"можно дать и через «Добавить → Сетевая ссылка».",
		"Download a KML file of the table below and open it: it is "
		"small, "
		"asks by itself for what you look at, and refreshes. Its "
		"address "
		"can also be given by Add → Network Link." },
	    { "@B/kml/projects.kml" } },
	{ "MapLibre GL, Mapbox GL, OpenLayers",
	    { "Векторлық тақталардың түстері дайын стилі; QGIS-те де: «Vector "
	      "Tiles → New Generic Connection».",
		"Готовый стиль векторных плиток с цветами карты; и для QGIS: "
		"«Векторные тайлы → Новое соединение».",
		"The ready style of the vector tiles, with the map's colours; "
		"for "
		"QGIS too: Vector Tiles → New Generic Connection." },
	    { "@B/styles/projects.json" } },
};

static const struct gis_row rows[] = {
	{ { "OGC API – Features", "OGC API – Features", "OGC API – Features" },
	    { { .text = "@B/api/collections/@C/items" },
		{ .label = "HTML",
		    .text = "/api/collections/@C/items?f=html&lang=@L" } } },
	{ { "QGIS қабаты", "Слой QGIS", "QGIS layer" },
	    { { .text = "pagingEnabled='true' url='@B/api' typename='@C' "
			"version='OGC_API_FEATURES'" } } },
	{ { "GDAL көзі", "Источник GDAL", "GDAL source" },
	    { { .text = "OAPIF:@B/api/collections/@C" } } },
	{ { "Векторлық тақталар", "Векторные плитки", "Vector tiles" },
	    { { .text = "@B/tiles/@C/{z}/{x}/{y}.mvt" },
		{ .label = "TileJSON", .text = "/tiles/@C.json?lang=@L" },
		{ .label = "GL style", .text = "/styles/@C.json?lang=@L" } } },
	{ { "QGIS стилі (QML)", "Стиль QGIS (QML)", "Style of QGIS (QML)" },
	    { { .label = "point.qml",
		  .text = "/styles/@C/point.qml?lang=@L",
		  .collections = GIS_PROJECTS | GIS_LAYERS },
		{ .label = "line.qml",
		    .text = "/styles/@C/line.qml?lang=@L",
		    .collections = GIS_PROJECTS | GIS_LAYERS },
		{ .label = "polygon.qml",
		    .text = "/styles/@C/polygon.qml?lang=@L" } } },
	{ { "Google Earth", "Google Earth", "Google Earth" },
	    { { .text = "@B/kml/@C.kml" },
		{ .label = "KML", .text = "/kml/@C.kml?lang=@L" },
		{ .label = "KMZ", .text = "/kml/@C.kmz?lang=@L" } } },
	{ { "Файлдар", "Файлы", "Files" },
	    { { .label = "GeoPackage",
		  .text = "/api/collections/@C/items?f=gpkg",
		  .format = "gpkg" },
		{ .label = "CSV",
		    .text = "/api/collections/@C/items?f=csv",
		    .format = "csv" },
		{ .label = "GeoJSON",
		    .text = "/api/collections/@C/items?f=geojson&limit=10000",
		    .format = "geojson" },
		{ .label = "GeoJSONSeq",
		    .text = "/api/collections/@C/items?f=geojsonseq",
		    .format = "geojsonseq" },
		{ .label = "KMZ",
		    .text = "/api/collections/@C/items?f=kmz&lang=@L",
		    .format = "kmz" } } },
};

const struct gis_program *gis_programs(size_t *n)
{
	*n = LENGTH(programs);
	return programs;
}

const struct gis_row *gis_rows(size_t *n)
{
	*n = LENGTH(rows);
	return rows;
}
